-- What somebody may still say yes to, or take back.
create index button_offered on button (for_identity, community_id, id) where pressed_at is null;
