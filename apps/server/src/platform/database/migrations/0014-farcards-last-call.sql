-- When a station of r_keeper has called last, to the minute: its owner sees that it reaches us.
alter table farcards_settings add column last_called_at timestamptz;
