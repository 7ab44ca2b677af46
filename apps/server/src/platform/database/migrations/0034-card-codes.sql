-- What cards show a scanner, where that is not their number: each text leads to the cards that show it, or showed it lately.
create table card_codes (
  company_id integer not null,
  -- SHA-256 of the text as tills compare it: it may be a phone, and it may be long.
  code_hash bytea not null check (length(code_hash) = 32),
  pass_id bigint not null,
  -- Since when the card shows another text; null: it shows this one.
  left_at timestamptz,
  primary key (company_id, code_hash, pass_id),
  foreign key (company_id, pass_id) references passes on delete cascade
);
create index card_codes_by_pass on card_codes (company_id, pass_id);
alter table card_codes enable row level security;
alter table card_codes force row level security;
create policy own_company on card_codes
  using (company_id = (select nullif(current_setting('tessera.company_id', true), '')::integer));

-- Cards that exist say theirs as they are looked at anew: they are made to look older than their design, and it is told.
alter table passes no force row level security;
alter table designs no force row level security;
alter table outbox no force row level security;
with shown as (
  update passes p set snapshot = jsonb_set(p.snapshot, '{revision}', '-1') from designs d
  where d.company_id = p.company_id and d.design_id = p.design_id and not p.voided
    and (d.body -> 'barcode' ->> 'message' <> 'Serial#' or p.own ? 'barcodeMessage' or p.serial ~ '[^0-9A-Z]')
  returning p.company_id, p.design_id)
insert into outbox (company_id, kind, payload, created_at)
  select distinct company_id, 'design_changed', jsonb_build_object('designId', design_id, 'after', 0), now() from shown;
alter table passes force row level security;
alter table designs force row level security;
alter table outbox force row level security;
