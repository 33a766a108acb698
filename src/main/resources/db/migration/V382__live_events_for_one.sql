-- Whose screens alone hear of it; null for what all may see.
alter table live_event add column user_id uuid;
