-- What became of a task: a row for each change of its state and of who holds it. Rows are only ever added.
create table review.history (
  id       bigint generated always as identity primary key,
  task_id  uuid not null references review.task (id),
  kind     text not null check (kind in
             ('CLAIMED', 'RELEASED', 'SUBMITTED', 'UNDONE', 'ACCEPTED', 'RETURNED', 'DISCONTINUED')),
  reader   text not null,               -- who holds it from then on, held it until then, or decided
  at       timestamptz not null
);
create index history_task on review.history (task_id, id);
create index flag_task on review.flag (task_id);

-- What is known from before the upgrade.
insert into review.history (task_id, kind, reader, at)
select task_id, kind, reader, at from (
  select t.id as task_id, case a.action when 'TASK_CLAIMED' then 'CLAIMED' when 'TASK_RELEASED' then 'RELEASED'
    else 'UNDONE' end as kind, a.actor as reader, a.time as at
    from review.audit_entry a join review.task t on t.id::text = a.target
    where a.action in ('TASK_CLAIMED', 'TASK_RELEASED', 'TASK_SUBMISSION_UNDONE')
  union all
  select task_id, 'RELEASED', by_reader, at from review.handover
  union all
  select task_id, 'SUBMITTED', author, at from review.revision where kind <> 'SIDE'
  union all
  select id, state, decided_by, changed_at from review.task
    where state in ('ACCEPTED', 'RETURNED', 'DISCONTINUED')
) known order by at;

create function review.note_history() returns trigger language plpgsql as $$
begin
  insert into review.history (task_id, kind, reader, at) values (
    new.id,
    case when new.state = 'WAITING' then 'RELEASED'
      when new.state = 'CLAIMED' and old.state = 'SUBMITTED' then 'UNDONE'
      else new.state end,
    coalesce(case new.state when 'WAITING' then old.holder when 'CLAIMED' then new.holder
      else new.decided_by end, ''),
    new.changed_at);
  return null;
end $$;
create trigger task_history after update of state, holder on review.task
  for each row when (old.state <> new.state or new.state = 'CLAIMED' and old.holder <> new.holder)
  execute function review.note_history();
