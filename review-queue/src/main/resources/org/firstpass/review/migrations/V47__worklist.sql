-- The queue as a DICOM worklist.

-- A proposal may be read more than once, when somebody asks for it.
alter table review.task drop constraint task_proposal_id_key;
create index task_proposal on review.task (proposal_id);

-- How many points of the order were asked for, and of which lease it was told that it is over.
alter table review.task add column asked double precision not null default 0;
alter table review.task add column expiry_told timestamptz;

-- What the worklist adds to a task that somebody created or updated by it.
create table review.workitem (
  task_id         uuid primary key references review.task (id),
  uid             text unique,                 -- what its creator calls it, if not what is derived from the task
  attributes      text not null,               -- DICOM JSON
  performed_by    text,                        -- the transaction that told of progress and what was performed
  created_by      text
);

-- Who is told of which workitem, and who of all that are still to come.
create table review.workitem_subscription (
  task_id         uuid not null references review.task (id),
  ae_title        text not null,
  owner           text not null,
  deletion_lock   boolean not null,
  primary key (task_id, ae_title, owner)
);
create index workitem_subscription_subscriber
  on review.workitem_subscription (ae_title, owner, task_id);

create table review.worklist_subscription (
  ae_title        text not null,
  owner           text not null,
  filtered        boolean not null,
  filter          text,
  deletion_lock   boolean not null,
  primary key (ae_title, owner, filtered)
);

-- The instances of what arrived, so that an output can be found by its UID.
alter table review.series_outcome add column manifest text;
