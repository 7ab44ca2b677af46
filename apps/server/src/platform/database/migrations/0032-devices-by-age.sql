-- The list of devices reads each kind from its newest end.
create index google_objects_by_age on google_objects (company_id, (coalesce(saved_at, created_at)) desc) where installed;
create index web_subscriptions_by_age on web_subscriptions (company_id, created_at desc);
