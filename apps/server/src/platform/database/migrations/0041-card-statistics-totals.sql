-- The same figures over all sources: years by day or week are a few rows a day, however many links a company has.
create table card_statistics_totals (
  company_id integer not null references companies,
  day date not null,
  measure text not null,
  design_id integer not null,
  platform text not null,
  count bigint not null check (count > 0),
  primary key (company_id, day, measure, design_id, platform)
);

alter table card_statistics no force row level security;
insert into card_statistics_totals (company_id, day, measure, design_id, platform, count)
select company_id, day, measure, design_id, platform, sum(count) from card_statistics group by 1, 2, 3, 4, 5;
alter table card_statistics force row level security;

alter table card_statistics_totals enable row level security;
alter table card_statistics_totals force row level security;
create policy own_company on card_statistics_totals
  using (company_id = (select nullif(current_setting('tessera.company_id', true), '')::integer));
