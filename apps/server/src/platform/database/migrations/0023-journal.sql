-- What guests and their phones do with cards and pages. What points and sales do stands in the ledger and is read there.

-- The same thing within an hour is one row that counts: a phone that asks a thousand times a day writes 24 rows.
create table wallet_events (
  company_id integer not null references companies,
  -- The hour of `at`: rows of one hour lie together, and a day is a range of the key.
  hour timestamptz not null,
  -- Hash of what makes two events the same within an hour.
  fold uuid not null,
  kind text not null check (kind in (
    'link_opened', 'feedback', 'bill_request', 'service_request', 'waiter_call', 'instruction_opened',
    'pass_downloaded', 'pass_fetched', 'pdf_downloaded', 'device_registered', 'device_unregistered',
    'card_scanned', 'check_in')),
  -- The first of them and the last.
  at timestamptz not null,
  last_at timestamptz not null,
  count integer not null check (count > 0),
  -- No foreign keys: what happened stays when a card is deleted.
  pass_id bigint,
  design_id integer,
  account_id bigint,
  form_id text,
  platform text check (platform in ('apple', 'android', 'google', 'web', 'paper')),
  source text check (length(source) <= 64),
  detail jsonb not null,
  primary key (company_id, hour, fold)
) with (fillfactor = 90);
create index wallet_events_by_kind on wallet_events (company_id, kind, at desc, fold desc);
create index wallet_events_by_account on wallet_events (company_id, account_id, at desc, fold desc)
  where account_id is not null;
create index wallet_events_by_form on wallet_events (company_id, form_id, at desc, fold desc) where form_id is not null;

create table journal_settings (
  company_id integer not null references companies,
  keep_days integer not null check (keep_days between 1 and 3660),
  updated_at timestamptz not null,
  primary key (company_id)
);

do $$
declare
  tenant_table text;
begin
  foreach tenant_table in array array['wallet_events', 'journal_settings'] loop
    execute format('alter table %I enable row level security', tenant_table);
    execute format('alter table %I force row level security', tenant_table);
    execute format(
      'create policy own_company on %I using (company_id = (select nullif(current_setting(''tessera.company_id'', true), '''')::integer))',
      tenant_table);
  end loop;
end $$;
