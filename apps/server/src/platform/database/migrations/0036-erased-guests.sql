-- A guest who was erased is nobody: his row stays for the accounts that refer to it, and nothing is written into it again.
alter table guests add column erased_at timestamptz;

-- Who asked to be forgotten, when, and who did it: the record that is kept instead of the person.
create table erasures (
  company_id integer not null references companies,
  guest_id bigint not null,
  -- Why: the guest asked, withdrew his consent, was not seen for long, or by the operator's decision.
  basis text not null check (basis in ('request', 'consent_withdrawn', 'inactive', 'operator')),
  requested_on date not null,
  -- Of the staff; null where a program asked.
  user_id integer,
  -- What has gone, as it was counted at the beginning.
  cards integer not null,
  devices integer not null,
  browsers integer not null,
  answers integer not null,
  photos integer not null,
  coupons integer not null,
  -- Points of all accounts that lapsed, minor units.
  points bigint not null,
  started_at timestamptz not null,
  finished_at timestamptz,
  primary key (company_id, guest_id),
  foreign key (company_id, guest_id) references guests
);

-- Phones of erased guests, as keyed hashes: whoever comes back is a new guest and gets no second welcome gift.
create table erased_phones (
  company_id integer not null references companies,
  phone_hash bytea not null,
  erased_at timestamptz not null,
  primary key (company_id, phone_hash)
);

do $$
declare
  tenant_table text;
begin
  foreach tenant_table in array array['erasures', 'erased_phones'] loop
    execute format('alter table %I enable row level security', tenant_table);
    execute format('alter table %I force row level security', tenant_table);
    execute format(
      'create policy own_company on %I using (company_id = (select nullif(current_setting(''tessera.company_id'', true), '''')::integer))',
      tenant_table);
  end loop;
end $$;
