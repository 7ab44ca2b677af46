-- Apple Wallet and the readers of its cards: pushes that are repeated and held back, relays, alarms, what phones report.

-- A version that no device has asked for is pushed again, a few times: when next, and which time it will be.
alter table passes add column repush_at timestamptz;
alter table passes add column repush_step smallint not null default 0;
create index passes_to_push_again on passes (company_id, repush_at) where repush_at is not null;

-- The highest update marker that a device was told in a list.
alter table apple_devices add column told_sequence bigint not null default 0;
-- The relay of this device's program shall be told; null: it knows.
alter table apple_devices add column push_wanted_at timestamptz;
-- Where PassWallet's push service is, of those that we call at all.
alter table apple_devices add column relay_url text;
create index apple_devices_wanting_push on apple_devices (company_id, platform, pass_type_identifier)
  where push_wanted_at is not null;

-- Readers on Android were not told apart before; they say again who they are when they register again.
alter table apple_devices no force row level security;
update apple_devices set platform = 'other' where platform <> 'apple';
alter table apple_devices force row level security;
alter table apple_devices add constraint apple_devices_platform
  check (platform in ('apple', 'walletpasses', 'pass2u', 'passwallet', 'passworks', 'other'));

-- How Apple takes the pushes of a certificate. No row: well, as far as is known.
create table apple_push_states (
  company_id integer not null,
  credential_id integer not null,
  -- Too many tokens were dead at once: nothing is pushed and no device forgotten until a person has looked.
  halted text check (halted in ('bad_tokens', 'dead_tokens')),
  halted_at timestamptz,
  -- A person said that the dead tokens are right; until then they do not halt again.
  trusted_until timestamptz,
  -- When a person or a new certificate let pushes go on: the count of dead tokens begins anew.
  released_at timestamptz,
  -- Apple's last word when it refused the certificate or the topic; null after a push that it took.
  refused text,
  refused_at timestamptz,
  primary key (company_id, credential_id),
  foreign key (company_id, credential_id) references credentials on delete cascade
);

-- Alarms about the end of a certificate, or of Apple's intermediate under it: each threshold once.
create table credential_alarms (
  company_id integer not null,
  credential_id integer not null,
  subject text not null check (subject in ('certificate', 'intermediate')),
  not_after timestamptz not null,
  -- Days left; 0: it is over.
  threshold smallint not null,
  noted_at timestamptz not null,
  primary key (company_id, credential_id, subject, not_after, threshold),
  foreign key (company_id, credential_id) references credentials on delete cascade
);

-- Push relays of other readers of pkpass files. No row: the relay is not used.
create table wallet_relays (
  company_id integer not null references companies,
  kind text not null check (kind in ('walletpasses', 'pass2u', 'passwallet')),
  enabled boolean not null,
  key_sealed bytea,
  -- Why the relay takes nothing; null while it does.
  trouble text,
  failures integer not null default 0,
  paused_until timestamptz,
  accepted_at timestamptz,
  updated_at timestamptz not null,
  primary key (company_id, kind)
);

-- What phones report of the web service, counted by day. The wording carries no serial, device id or token.
create table apple_reports (
  company_id integer not null references companies,
  day date not null,
  pass_type_identifier text not null,
  kind text not null,
  wording text not null,
  count integer not null,
  first_at timestamptz not null,
  last_at timestamptz not null,
  primary key (company_id, day, pass_type_identifier, kind, wording)
);
drop table apple_logs;

-- Written at every upload and read by nobody: the certificate itself tells it.
alter table credentials drop column organization_name;

do $$
declare
  tenant_table text;
begin
  foreach tenant_table in array array['apple_push_states', 'credential_alarms', 'wallet_relays', 'apple_reports'] loop
    execute format('alter table %I enable row level security', tenant_table);
    execute format('alter table %I force row level security', tenant_table);
    execute format(
      'create policy own_company on %I using (company_id = (select nullif(current_setting(''tessera.company_id'', true), '''')::integer))',
      tenant_table);
  end loop;
end $$;
