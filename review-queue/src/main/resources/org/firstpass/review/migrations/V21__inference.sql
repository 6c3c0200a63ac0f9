-- What workers began; a row stays when its work has ended, so that a fact told again does not revive it.

create table review.work (
  event_id        uuid primary key,            -- ProposalStarted
  series_uid      text not null,
  revision        integer not null,
  package_name    text not null,
  package_version text not null,
  device          text not null,
  started         timestamptz not null,
  expected_millis bigint,                      -- as measured on that device; null if it was not
  ended           boolean not null
);
create index work_running on review.work (started) where not ended;
create index work_series on review.work (series_uid);

-- Which package made a proposal, and the story of the routing rules, as an ObjectReference in JSON.
alter table review.series_outcome add column package_name text;
alter table review.series_outcome add column package_version text;
alter table review.series_outcome add column route text;

update review.series_outcome o
  set package_name = p.event::json -> 'modelPackage' ->> 'name',
      package_version = p.event::json -> 'modelPackage' ->> 'version'
  from review.proposal p where p.id = o.event_id and o.kind = 'PROPOSED';
