-- Each step of a reader on a task, kept within a second of being made.

create table review.draft (
  id          uuid primary key,
  task_id     uuid not null references review.task (id),
  reader      text not null,
  correction  uuid,                          -- what was made of it; open as long as there is none
  begun_at    timestamptz not null
);
create unique index draft_open on review.draft (task_id, reader) where correction is null;

create table review.stroke (
  draft_id      uuid not null references review.draft (id),
  number        integer not null check (number >= 1),
  kind          text not null check (kind in ('EDIT', 'UNDO', 'REDO')),
  of_number     integer not null,
  tool          text not null,
  segment       integer not null,
  at            timestamptz not null,        -- by the reader's clock
  active_millis bigint not null,
  path_mm       double precision not null,
  runs          bytea not null,
  kept_at       timestamptz not null default now(),
  primary key (draft_id, number)
);

create function review.refuse_stroke_change() returns trigger language plpgsql as $$
begin
  raise exception 'a stroke stays as it was made';
end $$;
create trigger stroke_stays before update or delete on review.stroke
  for each row execute function review.refuse_stroke_change();
