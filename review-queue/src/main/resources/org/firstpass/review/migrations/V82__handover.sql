-- Tasks that a reader handed to another one, and tasks that are marked for discussion. Rows are only ever added.

alter table review.task add column handed_to text;            -- whom it waits for, or who took it
alter table review.task add column handed_until timestamptz;  -- from then on the queue gives it to anyone
create index task_handed on review.task (handed_to) where handed_to is not null;

create table review.handover (
  id          bigint generated always as identity primary key,
  task_id     uuid not null references review.task (id),
  by_reader   text not null,
  to_reader   text not null,
  note        text,
  at          timestamptz not null
);
create index handover_task on review.handover (task_id, id desc);

-- Whose steps of a draft begin where, if more than one reader worked on it.
create table review.draft_turn (
  draft_id    uuid not null references review.draft (id),
  first       integer not null,
  reader      text not null,
  at          timestamptz not null,
  primary key (draft_id, first)
);

create table review.flag (
  id          bigint generated always as identity primary key,
  task_id     uuid not null references review.task (id),
  by_reader   text not null,
  comment     text not null,
  at          timestamptz not null,
  lifted_by   text,
  lifted_at   timestamptz
);
create unique index flag_open on review.flag (task_id) where lifted_at is null;
