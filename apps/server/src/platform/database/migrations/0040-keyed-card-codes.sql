-- Hashes of what cards show get a key: a plain hash of a phone is found by trying all phones. A keyed hash has 16 bytes, so the
-- length tells which is which; those that stand are keyed by a job, since the key is not in the database.
alter table card_codes drop constraint card_codes_code_hash_check;
alter table card_codes add constraint card_codes_code_hash_check check (length(code_hash) in (16, 32));

alter table card_codes no force row level security;
alter table outbox no force row level security;
insert into outbox (company_id, kind, payload, created_at)
  select distinct company_id, 'card_codes_plain', '{}'::jsonb, now() from card_codes;
alter table card_codes force row level security;
alter table outbox force row level security;
