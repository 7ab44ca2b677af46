-- A design is saved and pushed apart: `body` and `revision` are what cards show, `saved_*` what waits to be pushed.
alter table designs
  add column saved_body jsonb,
  add column saved_revision integer,
  add column saved_at timestamptz,
  -- When its cards were last told of it.
  add column pushed_at timestamptz,
  -- No new cards.
  add column archived_at timestamptz,
  -- Seen nowhere any more; the cards that were issued keep their look.
  add column deleted_at timestamptz,
  add constraint designs_saved_whole
    check ((saved_body is null) = (saved_revision is null) and (saved_body is null) = (saved_at is null));

-- A name is free again once its design was deleted.
alter table designs drop constraint designs_company_id_name_key;
create unique index designs_company_id_name_key on designs (company_id, name) where deleted_at is null;
