-- What whoever serves the guest should know, in the words of the staff.
alter table guests add column note text not null default '' check (length(note) <= 500);

-- A till looks for a check by the number that people know it by. Partial, so that it never serves the search for a key:
-- see the end of the keys of `checks` in 0001-ground.sql.
create index checks_by_number on checks (company_id, number) where number <> '';

-- A till finds a guest by the beginnings of his names. Under row security no index serves `like`, which is not leakproof;
-- ranges of plain text in the order of its bytes are. «ё» is typed as «е».
alter table guests
  add column first_key text collate "C" not null generated always as (translate(lower(first_name), 'ё', 'е')) stored,
  add column last_key text collate "C" not null generated always as (translate(lower(last_name), 'ё', 'е')) stored;
create index guests_by_last_name on guests (company_id, last_key, first_key);
create index guests_by_first_name on guests (company_id, first_key, last_key);
