-- Every index of a company's table begins with the company. A summary of blocks knows each of its columns by itself, so
-- that the days of a report are found as before.
drop index entries_by_time;
create index entries_by_time on entries using brin (company_id, recorded_at) with (autosummarize = on);
