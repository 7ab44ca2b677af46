-- How many cards came and went, by day: years of a million cards answer at once.

-- Where the card comes from: form:welcome, form:welcome:instagram, import; null: nobody said.
alter table passes add column source text check (length(source) <= 140);
-- A day of new cards is a few blocks of the table.
create index passes_by_time on passes using brin (company_id, created_at) with (autosummarize = on);

create table card_statistics (
  company_id integer not null references companies,
  -- In the company's time zone.
  day date not null,
  measure text not null check (measure in (
    'visited', 'issued', 'opened', 'downloaded', 'installed', 'removed', 'updated', 'shown')),
  -- 0 and '': no design, no form of card, no source is known.
  design_id integer not null,
  platform text not null,
  source text not null,
  count integer not null check (count > 0),
  primary key (company_id, day, measure, design_id, platform, source)
);

create table card_statistics_state (
  company_id integer not null references companies,
  -- Everything before is counted.
  counted_until timestamptz not null,
  -- How many cards there are and where, as of then.
  standing jsonb not null,
  standing_at timestamptz not null,
  primary key (company_id)
);

do $$
declare
  tenant_table text;
begin
  foreach tenant_table in array array['card_statistics', 'card_statistics_state'] loop
    execute format('alter table %I enable row level security', tenant_table);
    execute format('alter table %I force row level security', tenant_table);
    execute format(
      'create policy own_company on %I using (company_id = (select nullif(current_setting(''tessera.company_id'', true), '''')::integer))',
      tenant_table);
  end loop;
end $$;
