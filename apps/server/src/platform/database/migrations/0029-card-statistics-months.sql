-- The same figures by month: thirty rows of days are one.
create table card_statistics_months (
  company_id integer not null references companies,
  -- Its first day.
  month date not null,
  measure text not null,
  design_id integer not null,
  platform text not null,
  source text not null,
  count bigint not null check (count > 0),
  primary key (company_id, month, measure, design_id, platform, source)
);
alter table card_statistics_months enable row level security;
alter table card_statistics_months force row level security;
create policy own_company on card_statistics_months
  using (company_id = (select nullif(current_setting('tessera.company_id', true), '')::integer));
