-- What keeps the promise through troubles of the store, of a platform and of the clock.

-- The oldest moment since when something was said that could not be read yet, though newer things were heard.
alter table channel add column unheard_since bigint;
