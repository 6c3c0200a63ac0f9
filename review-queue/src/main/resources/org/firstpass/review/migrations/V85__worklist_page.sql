-- What readers look for on the worklist, on the task itself so that no proposal has to be opened for it.
-- UIDs are compared byte by byte: a search for how one begins is then a range of an index.

alter table review.task add column study_uid text collate "C";
alter table review.task add column patient_key text;          -- the pseudonym of the event
alter table review.task add column modality text;
alter table review.task add column protocol text;
alter table review.task add column tags text[] not null default '{}';   -- findings that are present
alter table review.task add column due_at timestamptz;        -- as whoever asked for the reading said

update review.task t set
  study_uid = p.event::json #>> '{input,reference,study}',
  patient_key = p.event::json #>> '{input,patient}',
  protocol = p.event::json #>> '{notes,route,protocol}',
  tags = array(select f #>> '{code,meaning}' from json_array_elements(
      case when json_typeof(p.event::json #> '{notes,findings}') = 'array'
        then p.event::json #> '{notes,findings}' else '[]'::json end) f
    where (f ->> 'present')::boolean),
  modality = (select o.modality from review.series_outcome o
    where o.series_uid = t.series_uid and o.kind = 'ARRIVED' and o.modality is not null
    order by o.revision desc limit 1)
from review.proposal p where p.id = t.proposal_id;

create index task_study on review.task (study_uid);
create index task_study_end on review.task (reverse(study_uid) collate "C");
create index task_series_start on review.task (series_uid collate "C");
create index task_series_end on review.task (reverse(series_uid) collate "C");
create index task_patient on review.task (patient_key);
create index task_changed on review.task (changed_at desc, id desc);
create index task_decided on review.task (changed_at desc, id desc)
  where state in ('SUBMITTED', 'ACCEPTED');
create index task_discontinued on review.task (changed_at desc, id desc)
  where state = 'DISCONTINUED';
create index task_modality on review.task (modality, order_key desc, id)
  where state in ('WAITING', 'RETURNED');
create index task_package on review.task (package_name, order_key desc, id)
  where state in ('WAITING', 'RETURNED');
create index task_protocol on review.task (protocol, order_key desc, id)
  where state in ('WAITING', 'RETURNED') and protocol is not null;
create index task_tags on review.task using gin (tags);
create index task_reader on review.task (coalesce(holder, decided_by))
  where coalesce(holder, decided_by) is not null;
create index task_due on review.task (due_at)
  where due_at is not null and state in ('WAITING', 'RETURNED');
create index revision_latest on review.revision (at desc) where kind = 'ACCEPTED';

-- A series of the same patient is a prior, whether or not anything was proposed for it.
alter table review.series_outcome add column study_uid text;
alter table review.series_outcome add column patient_key text;
update review.series_outcome o set study_uid = t.study_uid, patient_key = t.patient_key
  from review.task t where t.series_uid = o.series_uid and o.kind = 'ARRIVED';
create index series_outcome_patient on review.series_outcome (patient_key) where kind = 'ARRIVED';

-- Word to all servers of each task that changed, for the pages that show it: its id and states, nothing of the patient.
create function review.tell_of_task() returns trigger language plpgsql as $$
begin
  perform pg_notify('firstpass_tasks', json_build_object('task', new.id, 'state', new.state,
    'was', case when tg_op = 'UPDATE' then old.state end)::text);
  return null;
end $$;
create trigger task_told_new after insert on review.task
  for each row execute function review.tell_of_task();
create trigger task_told_changed after update on review.task
  for each row when (old.* is distinct from new.*) execute function review.tell_of_task();
