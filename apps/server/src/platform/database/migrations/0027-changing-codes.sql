-- Codes of cards that change: the number of the code that a card shows, since when, and which one its phone has fetched.
alter table passes
  add column code_epoch integer not null default 0,
  add column code_changed_at timestamptz,
  add column code_seen_epoch integer not null default 0,
  add column code_seen_at timestamptz;
create index passes_by_code_age on passes (company_id, design_id, code_changed_at nulls first);
