-- Whose outbox this is, also in a broker that relays those of several databases: each has positions of its own.
alter table outbox_counter add column outbox_id uuid not null default gen_random_uuid();
