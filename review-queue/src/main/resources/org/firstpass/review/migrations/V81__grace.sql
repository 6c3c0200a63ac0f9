-- A decision that its reader may still take back: SUBMITTED until the grace is over, then ACCEPTED or UNDONE.

alter table review.revision drop constraint revision_kind_check;
alter table review.revision add constraint revision_kind_check
  check (kind in ('SUBMITTED', 'ACCEPTED', 'UNDONE', 'SIDE'));

-- How a submitted revision ended is said once; nothing else of a revision ever changes.
create or replace function review.refuse_revision_change() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' then
    if old.kind = 'SUBMITTED' and new.kind in ('ACCEPTED', 'UNDONE')
      and to_jsonb(old) - 'kind' = to_jsonb(new) - 'kind' then
      return new;
    end if;
  end if;
  raise exception 'rows of %.% are never changed', tg_table_schema, tg_table_name;
end $$;

-- What is to be told once the grace is over. The row goes with its end.
create table review.grace (
  task_id         uuid primary key references review.task (id),
  correction_id   uuid not null references review.revision (id),
  event           text not null,               -- CorrectionAccepted as JSON
  claimed_at      timestamptz not null,        -- when the reader began, for the lease that an undo gives back
  until           timestamptz not null
);
create index grace_until on review.grace (until);
