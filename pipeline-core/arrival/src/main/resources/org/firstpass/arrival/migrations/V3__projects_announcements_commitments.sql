-- What each series was sent for, by the AE title that was called.

alter table series add column project text not null default 'default';
alter table instance add column project text not null default 'default';

-- How many instances that somebody announced were not there when a revision was completed.
alter table series_revision add column missing int not null default 0;

-- Performed procedure steps (MPPS) and availability notifications (IAN).
create table announcement (
  id text primary key,
  source text not null check (source in ('MPPS', 'IAN')),
  progress text not null check (progress in ('IN_PROGRESS', 'COMPLETED', 'DISCONTINUED')),
  sender text not null,
  told timestamptz not null
);

create table announced_instance (
  announcement text not null references announcement on delete cascade,
  series_uid text not null,
  instance_uid text not null,
  sop_class text not null,
  primary key (series_uid, instance_uid, announcement)
);

create index announced_instance_of on announced_instance (announcement);

-- Storage commitment requests, until they are answered and for a while after.
create table commitment (
  entry bigint generated always as identity primary key,
  requester text not null,
  called text not null,
  transaction_uid text not null,
  requested timestamptz not null,
  next_attempt timestamptz not null,
  attempts int not null default 0,
  state text not null check (state in ('PENDING', 'ANSWERED', 'GIVEN_UP')),
  ended timestamptz,
  unique (requester, transaction_uid)
);

create index commitment_due on commitment (next_attempt) where state = 'PENDING';

create table commitment_instance (
  entry bigint not null references commitment on delete cascade,
  instance_uid text not null,
  sop_class text not null,
  primary key (entry, instance_uid, sop_class)
);

-- A commitment request names instances without their series.
create index instance_by_uid on instance (instance_uid);
