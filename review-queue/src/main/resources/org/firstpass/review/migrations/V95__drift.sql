-- Whether proposals began to cost more, and who reads what a second time.

alter table review.case_figure add column site text not null default '';   -- Institution Name (0008,0080)

-- Alarms. Protocol, axis and name are the group; nothing of a patient or a reader is in the finding.
create table review.drift_alarm (
  id              uuid primary key,
  raised          timestamptz not null,
  protocol        text not null,
  axis            text not null check (axis in ('PROTOCOL', 'SEGMENT', 'SCANNER', 'SITE')),
  name            text not null,
  finding         text not null,            -- the evidence as JSON
  acknowledged_by text,
  acknowledged_at timestamptz,
  note            text,
  check ((acknowledged_by is null) = (acknowledged_at is null))
);
-- A group has one alarm at a time.
create unique index drift_alarm_open on review.drift_alarm (protocol, axis, name)
  where acknowledged_by is null;
create index drift_alarm_raised on review.drift_alarm (raised desc);

-- Whether an accepted correction was drawn for a second reading, and with which share.
create table review.second_reading (
  correction  uuid primary key references review.revision (id) on delete cascade,
  at          timestamptz not null,
  share       double precision not null,
  alarm       boolean not null,             -- whether an open alarm gave the share
  task_id     uuid references review.task (id)   -- the second reading; null if it was not drawn
);
create index second_reading_task on review.second_reading (task_id) where task_id is not null;
insert into review.second_reading (correction, at, share, alarm)
  select correction, now(), 0, false from review.case_figure;

-- Who read a case first does not read it second.
alter table review.task add column not_for text;
