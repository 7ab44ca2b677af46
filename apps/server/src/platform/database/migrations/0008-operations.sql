-- Calls that change an account under a key of their own: points given or taken by hand, blocks, holds, returns by lines.
-- The key is unique for ever within its source; `answer` is what the first call was told, and a repeated one is told again.
create table operations (
  company_id integer not null,
  source text not null,
  external_id text not null,
  account_id bigint not null,
  -- The check that it is about, for returns.
  check_id bigint,
  kind text not null,
  fingerprint bytea not null,
  answer json not null,
  -- Why, in the words of whoever did it; no part of the fingerprint.
  comment text not null default '',
  -- Who did it, when it was a person.
  user_id integer,
  -- The entry that it wrote, if any.
  entry_sequence integer,
  recorded_at timestamptz not null,
  primary key (company_id, source, external_id),
  foreign key (company_id, account_id) references accounts,
  foreign key (company_id, user_id) references users
);
create index operations_by_entry on operations (company_id, account_id, entry_sequence) where entry_sequence is not null;
create index operations_by_check on operations (company_id, check_id) where check_id is not null;

alter table operations enable row level security;
alter table operations force row level security;
create policy own_company on operations
  using (company_id = (select nullif(current_setting('tessera.company_id', true), '')::integer));
