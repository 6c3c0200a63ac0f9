-- What readers asked a package to look at again, and what came of it.

create table review.rerun (
  id            uuid primary key,            -- the client's, so that asking twice asks once
  task_id       uuid not null references review.task (id),
  reader        text not null,
  asked_at      timestamptz not null,
  first_column  integer not null,
  first_row     integer not null,
  first_slice   integer not null,
  last_column   integer not null,
  last_row      integer not null,
  last_slice    integer not null,
  answered_at   timestamptz,
  labels_digest text,                        -- of the box alone
  reason        text,                        -- a code, if there are no labels
  explanation   text
);
create index rerun_open on review.rerun (task_id, reader) where answered_at is null;
