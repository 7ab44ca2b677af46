-- The caller's own keys of what has no natural one: sent again, a call finds what it has made.
alter table programmes add column creation_key text;
create unique index programmes_by_creation_key on programmes (company_id, creation_key);
alter table publications add column creation_key text;
create unique index publications_by_creation_key on publications (company_id, creation_key);

-- Numbers of drafts run on through a programme's life: one that was begun anew is never taken for the old one.
alter table programmes add column draft_versions integer not null default 0;
