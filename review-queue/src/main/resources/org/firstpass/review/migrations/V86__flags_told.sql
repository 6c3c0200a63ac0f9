-- A task that is marked for discussion, or no longer, has changed for the pages that show it.
create function review.tell_of_flag() returns trigger language plpgsql as $$
begin
  perform pg_notify('firstpass_tasks', json_build_object('task', t.id, 'state', t.state, 'was', t.state)::text)
    from review.task t where t.id = new.task_id;
  return null;
end $$;
create trigger flag_told after insert or update on review.flag
  for each row execute function review.tell_of_flag();
