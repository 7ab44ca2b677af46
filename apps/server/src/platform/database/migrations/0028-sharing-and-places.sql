-- Where venues are, for cards that come forward near them; above how many devices a card is worth a look; which card took
-- the place of another.
alter table venues
  add column latitude double precision check (latitude between -90 and 90),
  add column longitude double precision check (longitude between -180 and 180),
  -- What a lock screen says near it.
  add column place_text text not null default '',
  add constraint venues_whole_place check ((latitude is null) = (longitude is null));

create table wallet_settings (
  company_id integer not null references companies,
  -- A card on more devices than this is told of.
  devices_max integer not null check (devices_max between 1 and 100),
  primary key (company_id)
);
alter table wallet_settings enable row level security;
alter table wallet_settings force row level security;
create policy own_company on wallet_settings
  using (company_id = (select nullif(current_setting('tessera.company_id', true), '')::integer));

alter table passes
  -- The card with a new number that took its place; it counts as the account's card from then on.
  add column replaced_by bigint;
create index passes_replaced on passes (company_id, replaced_by) where replaced_by is not null;
