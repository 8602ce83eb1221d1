-- The tables in the shape that holds more than rooms' messages. Each is made anew once: x_new, its rows, drop x, rename.
-- What stands in `/* sqlite: … */` or `/* postgres: … */` is read by that engine alone.

-- How far each table was carried over.
delete from setting where community_id = '' and name like 'carried:%';
