-- Segmentations and structure sets that other programs stored, and where each was put.

create table review.foreign_object (
  id           uuid primary key,            -- of SOP Instance UID and content
  series_uid   text not null,               -- its own series
  instance_uid text not null,
  object       text not null,               -- ForeignObject as JSON
  refers_to    text[] not null default '{}', -- the series that it lies on, as it says
  state        text not null check (state in ('ARRIVED', 'KEPT', 'TAKEN', 'REFUSED', 'FAILED')),
  task_id      uuid,
  reason       text,
  filed        text not null,               -- where it was put and why, as JSON
  intent       text,                        -- a submission that is under way, as JSON
  changed_at   timestamptz not null
);
create index foreign_object_series on review.foreign_object (series_uid);
create index foreign_object_kept on review.foreign_object (changed_at desc) where state = 'KEPT';
create index foreign_object_task on review.foreign_object (task_id) where state = 'KEPT';
create index foreign_object_waiting on review.foreign_object using gin (refers_to)
  where state = 'KEPT';
create index foreign_object_under_way on review.foreign_object (id) where intent is not null;
