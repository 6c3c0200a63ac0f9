-- Events that were decided together with a change in this schema and wait for the broker.
create table outbox (
  entry bigint generated always as identity primary key,
  position bigint unique,
  event_id uuid not null unique,
  topic text not null,
  record_key text not null,
  attributes json not null,
  data json not null,
  added timestamptz not null default now(),
  sent timestamptz
);

create index outbox_waiting on outbox (position, entry) where sent is null;

-- The last position that was given out; its row lock makes numbering take turns.
create table outbox_counter (
  only_row boolean primary key default true check (only_row),
  last_position bigint not null
);

insert into outbox_counter (last_position) values (0);
