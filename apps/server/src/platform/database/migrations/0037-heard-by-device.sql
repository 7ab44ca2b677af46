-- Which version a device had when it registered for a card, as an update marker: with the marker that it was told in a list
-- (`apple_devices.told_sequence`) it says what this device has heard of. 0: nobody knows.
alter table apple_registrations no force row level security;
alter table passes no force row level security;
alter table apple_registrations add column heard_sequence bigint not null default 0;
-- Those from before are taken for as good as their card is known to be.
update apple_registrations r set heard_sequence = p.update_sequence from passes p
  where p.company_id = r.company_id and p.pass_type_identifier = r.pass_type_identifier and p.serial = r.serial
    and p.fetched_version >= p.content_version;
alter table apple_registrations force row level security;
alter table passes force row level security;
