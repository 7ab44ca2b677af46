-- How the till calls the lines of a check, by the id of the line: for people who read it, nothing is decided by it.
alter table checks add column line_names json;
