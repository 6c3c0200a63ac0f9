-- How cases come to their readers: what is first for clinical reasons, what the strategy says, what the lot says.

-- A place on the circle of lots. It says nothing of the task.
alter table review.task add column lot double precision not null default random();

-- What was asked for first, or routed so, has a million more in its order, so that it is before everything else.
update review.task t set order_key = t.order_key + 1000000
from review.proposal p
where p.id = t.proposal_id and t.state in ('WAITING', 'RETURNED', 'CLAIMED')
  and (t.asked > 0 or (p.event::json #>> '{notes,route,priority}')::integer > 0);

-- What a lot may fall on.
create index task_lot on review.task (lot)
  where state in ('WAITING', 'RETURNED') and order_key < 500000;

-- The seed of all lots, written when a server first starts.
create table review.lot_seed (
  only_row  boolean primary key default true check (only_row),
  seed      bigint not null
);

-- How many picks each reader has made: the number of the draw.
create table review.reader_picks (
  reader    text primary key,
  picks     bigint not null
);

-- Every pick. Rows are only ever added.
create table review.pick (
  id            bigint generated always as identity primary key,
  task_id       uuid not null references review.task (id),
  reader        text not null,
  at            timestamptz not null,
  strategy      text not null,
  way           text not null check (way in ('CLINICAL', 'ORDER', 'LOT', 'HAND')),
  probability   double precision check (probability > 0 and probability <= 1),
  waiting       integer,                -- how many could have been picked; null if more than a draw looks at
  random_share  double precision,       -- these are null if a person chose
  seed          bigint,
  number        bigint,                 -- of the reader's pick
  check ((probability is null) = (way = 'HAND'))
);
create index pick_task on review.pick (task_id, id);
