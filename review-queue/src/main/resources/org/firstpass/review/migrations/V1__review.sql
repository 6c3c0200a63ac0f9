-- The review queue. Times are UTC instants; UIDs are text; a patient is never named here.

create table review.proposal (
  id       uuid primary key,
  event    text not null,             -- ProposalMade as JSON
  score    text not null              -- the parts of the score when the task was made
);

create table review.task (
  id              uuid primary key,
  proposal_id     uuid not null unique references review.proposal (id),
  series_uid      text not null,
  revision        integer not null,
  package_name    text not null,
  arrived         timestamptz not null,
  order_key       double precision not null,  -- the largest is read next; does not change with time
  state           text not null check (state in
                    ('WAITING', 'CLAIMED', 'SUBMITTED', 'ACCEPTED', 'RETURNED', 'DISCONTINUED')),
  holder          text,
  transaction_uid text,                        -- the fencing token of the claim
  claimed_at      timestamptz,
  lease_until     timestamptz,
  correction_id   uuid,
  decided_by      text,
  decided_at      timestamptz,
  explanation     text,
  discontinuation text,                        -- a code of CID 9300
  changed_at      timestamptz not null,
  check (state <> 'CLAIMED' or (holder is not null and transaction_uid is not null
    and claimed_at is not null and lease_until is not null)),
  check (state not in ('SUBMITTED', 'ACCEPTED', 'RETURNED') or
    (correction_id is not null and decided_by is not null and decided_at is not null)),
  check (state <> 'DISCONTINUED' or (discontinuation is not null and decided_by is not null))
) with (fillfactor = 85);

-- The claim of the next task walks this index from its head.
create index task_order on review.task (order_key desc, id)
  where state in ('WAITING', 'RETURNED');
create index task_lease on review.task (lease_until) where state = 'CLAIMED';
create index task_ended on review.task (state, changed_at desc)
  where state in ('SUBMITTED', 'ACCEPTED', 'DISCONTINUED');
create index task_series on review.task (series_uid, package_name);

-- The chain of what was decided. Rows are only ever added.
create table review.revision (
  id              uuid primary key,
  task_id         uuid not null references review.task (id),
  number          integer not null,
  kind            text not null check (kind in ('ACCEPTED', 'SIDE')),
  parent          uuid references review.revision (id),
  base_proposal   uuid not null references review.proposal (id),
  transaction_uid text not null,
  author          text not null,
  at              timestamptz not null,
  active_millis   bigint not null,
  submission      text not null,               -- digest of what was sent in
  label_digest    text not null,
  outcome         text not null,               -- objects, decisions and voxels as JSON
  unique (task_id, number)
);
create unique index revision_accepted on review.revision (task_id, transaction_uid)
  where kind = 'ACCEPTED';

create function review.refuse_revision_change() returns trigger language plpgsql as $$
begin
  raise exception 'rows of %.% are never changed', tg_table_schema, tg_table_name;
end $$;
create trigger revision_stays before update or delete on review.revision
  for each row execute function review.refuse_revision_change();

-- What was told of each series: arrivals and how the worker's part ended.
create table review.series_outcome (
  event_id    uuid primary key,
  series_uid  text not null,
  revision    integer not null,
  kind        text not null check (kind in ('ARRIVED', 'PROPOSED', 'REFUSED', 'FAILED')),
  modality    text,                            -- only of what arrived
  reason      text,
  explanation text,
  at          timestamptz not null
);
create index series_outcome_series on review.series_outcome (series_uid, revision);
