-- What application entities are still to be told of by DIMSE, each in its order.
create table review.event_report (
  id              bigint generated always as identity primary key,
  ae_title        text not null,
  notice          text not null,               -- JSON
  created         timestamptz not null default now(),
  refusals        int not null default 0,      -- how often the entity answered with a failure
  claimed_until   timestamptz,
  told_up_to      uuid                         -- of all: those up to this one have been told of
);
create index event_report_lane on review.event_report (ae_title, id);
