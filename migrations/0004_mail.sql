-- What mail needs: people's own programs give its ids, and anybody can write any name.

-- What tells an event from another under the same key.
alter table event add column fingerprint text;
