-- r_keeper 7 by its FarCards interface: who may call, and what our levels and venues are called there.
create table farcards_settings (
  company_id integer not null references companies,
  -- SHA-256 of the secret in the address that the station calls.
  secret_hash bytea not null,
  body jsonb not null,
  updated_at timestamptz not null,
  primary key (company_id)
);

alter table farcards_settings enable row level security;
alter table farcards_settings force row level security;
create policy own_company on farcards_settings
  using (company_id = (select nullif(current_setting('tessera.company_id', true), '')::integer));
