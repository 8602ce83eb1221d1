-- A text of more posts than this goes as a file. Of a room: 0 is no limit, null is what the configuration says. Of a
-- delivery: as it was when it was first tried, so that whoever looks at it later comes to the same posts.
alter table room add column most_parts bigint;
alter table delivery add column most_parts bigint;
-- The hashes of the files in each part that stands there, as JSON: what an edit can change, and what it must send anew.
alter table delivery add column part_files text;
