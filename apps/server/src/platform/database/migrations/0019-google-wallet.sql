-- Google Wallet: a company's service account, what of its cards Google has, and what its guests were told.

-- When the next request to something outside may leave, for all processes of the installation together.
create table paces (
  name text primary key,
  next_at timestamptz not null
);

create table google_credentials (
  company_id integer not null references companies,
  issuer_id text not null check (issuer_id ~ '^[0-9]{3,25}$'),
  account_email text not null,
  project text not null,
  key_id text not null,
  -- The file of the service account as it was uploaded.
  account_sealed bytea not null,
  -- Stands in the ids of this company's classes: two installations may share an issuer.
  prefix text not null check (prefix ~ '^[0-9a-f]{8}$'),
  -- Whether guests are offered the button.
  enabled boolean not null,
  -- Why Google takes nothing of ours; null while it does.
  halted text,
  -- Slices of work in a row that ended in an outage.
  failures integer not null default 0,
  -- Google is left alone until then.
  paused_until timestamptz,
  checked_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (company_id)
);

-- A design as a class at Google.
create table google_classes (
  company_id integer not null,
  design_id integer not null,
  class_id text not null,
  -- The revision of the design that was looked at last, whether Google took it or not.
  revision integer not null,
  pushed_hash bytea,
  pushed_at timestamptz,
  review_status text,
  -- What Google did not like of it, in its words.
  problem text,
  primary key (company_id, design_id),
  unique (company_id, class_id),
  foreign key (company_id, design_id) references designs on delete cascade
);

-- A card as an object at Google, from the moment when somebody wanted it there.
create table google_objects (
  company_id integer not null,
  pass_id bigint not null,
  object_id text not null,
  class_id text,
  vertical text not null,
  -- Raised with everything that Google has to hear; what was settled last is up to date when both are equal.
  wanted bigint not null default 1,
  settled bigint not null default 0,
  wanted_since timestamptz not null,
  urgent boolean not null default true,
  pushed_hash bytea,
  pushed_version integer not null default 0,
  pushed_at timestamptz,
  -- Hash of the text that is worth a notification, as Google has it.
  spoken_hash bytea,
  -- The reason with which Google refused the content that it was sent last.
  problem text,
  saves integer not null default 0,
  removals integer not null default 0,
  installed boolean not null default false,
  -- Events may come in any order: Google is asked who has the card.
  holders_unsure boolean not null default false,
  saved_at timestamptz,
  removed_at timestamptz,
  rotation_key_sealed bytea,
  -- The latest period whose changing code was taken: an older one is a copy.
  rotation_step bigint,
  created_at timestamptz not null,
  primary key (company_id, pass_id),
  unique (company_id, object_id),
  foreign key (company_id, pass_id) references passes on delete cascade
);
create index google_objects_due on google_objects (company_id, urgent desc, wanted_since, pass_id) where settled < wanted;

create table google_messages (
  company_id integer not null,
  pass_id bigint not null,
  message_key text not null check (length(message_key) between 1 and 64),
  header text not null,
  body text not null,
  state text not null check (state in ('waiting', 'notified', 'silent', 'refused', 'merged')),
  created_at timestamptz not null,
  sent_at timestamptz,
  primary key (company_id, pass_id, message_key),
  foreign key (company_id, pass_id) references google_objects on delete cascade
);
create index google_messages_waiting on google_messages (company_id, pass_id) where state = 'waiting';

-- Google tells a guest at most three things of a card in 24 hours, messages and changes together.
create table google_notifications (
  company_id integer not null,
  pass_id bigint not null,
  -- A message's key, or the version of the card.
  reason text not null,
  at timestamptz not null,
  primary key (company_id, pass_id, reason),
  foreign key (company_id, pass_id) references google_objects on delete cascade
);

-- Callbacks that were counted: Google repeats them.
create table google_callbacks (
  company_id integer not null references companies,
  nonce_hash bytea not null,
  expires_at timestamptz not null,
  primary key (company_id, nonce_hash)
);

do $$
declare
  tenant_table text;
begin
  foreach tenant_table in array array[
    'google_credentials', 'google_classes', 'google_objects', 'google_messages', 'google_notifications', 'google_callbacks'
  ] loop
    execute format('alter table %I enable row level security', tenant_table);
    execute format('alter table %I force row level security', tenant_table);
    execute format(
      'create policy own_company on %I using (company_id = (select nullif(current_setting(''tessera.company_id'', true), '''')::integer))',
      tenant_table);
  end loop;
end $$;
