-- Browsers that want to hear of a card. What stands in `sealed` (the endpoint and the browser's keys) lets anybody who knows it
-- send to that browser.
create table web_subscriptions (
  company_id integer not null references companies,
  pass_id bigint not null,
  -- SHA-256 of the endpoint.
  subscription_id bytea not null,
  -- Whose push service it is, of those that we know.
  service text not null,
  sealed bytea not null,
  language text not null,
  -- What the browser was told last, or knew when it subscribed: field key → hash of the value.
  told jsonb not null,
  created_at timestamptz not null,
  last_ok_at timestamptz,
  primary key (company_id, pass_id, subscription_id),
  foreign key (company_id, pass_id) references passes
);

-- What somebody wants said to the browsers of a card, under the name that he gave it: twice is once.
create table web_messages (
  company_id integer not null references companies,
  pass_id bigint not null,
  message_key text not null,
  title text not null,
  body text not null,
  ttl_seconds integer not null,
  -- Browsers it is meant for, and those whose push service took it.
  wanted integer not null,
  sent integer not null default 0,
  created_at timestamptz not null,
  primary key (company_id, pass_id, message_key),
  foreign key (company_id, pass_id) references passes
);

do $$
declare
  tenant_table text;
begin
  foreach tenant_table in array array['web_subscriptions', 'web_messages'] loop
    execute format('alter table %I enable row level security', tenant_table);
    execute format('alter table %I force row level security', tenant_table);
    execute format(
      'create policy own_company on %I using (company_id = (select nullif(current_setting(''tessera.company_id'', true), '''')::integer))',
      tenant_table);
  end loop;
end $$;
