-- What an operation did to a card and took back again stays known: a campaign that was taken back was heard.
alter table bulk_changes add column undone boolean not null default false;
