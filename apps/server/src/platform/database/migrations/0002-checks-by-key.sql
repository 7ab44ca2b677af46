-- A sale looks for its own key first. Its statement is planned once per connection, and on a table that was empty when
-- it was analysed all indexes cost the same: the plan took checks_by_source and read every check of that source.
-- A partial index cannot serve a prepared `source = $3`, and of equal indexes PostgreSQL takes the newest, so the
-- unique key comes last.
drop index checks_by_source;
create index checks_of_till on checks (company_id, check_id desc) where source = 'till';
alter table checks drop constraint checks_company_id_source_external_id_key;
alter table checks add constraint checks_key unique (company_id, source, external_id);
