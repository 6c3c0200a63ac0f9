-- What is counted of corrections: flat, so that plain SQL sums it up, and without anything of a patient.

-- What the journal of a correction shows, as JSON; null if nothing was drawn here.
alter table review.revision add column effort text;

create table review.case_figure (
  correction      uuid primary key references review.revision (id) on delete cascade,
  task_id         uuid not null,
  reader          text not null,
  at              timestamptz not null,
  version         text not null,               -- package and version of the model
  protocol        text not null,
  scanner         text not null,               -- manufacturer and model; empty if it is not known
  active_millis   bigint not null,
  edits           integer,                     -- these are null if nothing was drawn here
  undos           integer,
  taken_back      integer,
  drawing_millis  bigint,
  path_mm         double precision
);
create index case_figure_at on review.case_figure (at);
create index case_figure_reader on review.case_figure (reader, at);

-- Segments that were proposed or drawn.
create table review.segment_figure (
  correction      uuid not null references review.case_figure (correction) on delete cascade,
  segment         integer not null,
  label           text not null,
  verdict         text not null,
  dice            double precision not null,
  added_path_mm   double precision,            -- these are null if they were not measured
  surface_dice    double precision,
  mean_distance_mm double precision,
  edits           integer,
  drawing_millis  bigint,
  primary key (correction, segment)
);

create table review.tool_figure (
  correction      uuid not null references review.case_figure (correction) on delete cascade,
  tool            text not null,
  edits           integer not null,
  drawing_millis  bigint not null,
  primary key (correction, tool)
);

insert into review.case_figure (correction, task_id, reader, at, version, protocol, scanner, active_millis)
  select r.id, r.task_id, r.author, r.at,
    (p.event::json #>> '{modelPackage,name}') || ' ' || (p.event::json #>> '{modelPackage,version}'),
    coalesce(p.event::json #>> '{notes,route,protocol}', p.event::json #>> '{schema,name}'),
    '', r.active_millis
  from review.revision r join review.proposal p on p.id = r.base_proposal
  where r.kind = 'ACCEPTED';

insert into review.segment_figure (correction, segment, label, verdict, dice)
  select r.id, (d ->> 'segmentNumber')::integer, s ->> 'label', d ->> 'verdict',
    (d ->> 'diceToProposal')::double precision
  from review.revision r
    join review.proposal p on p.id = r.base_proposal
    cross join json_array_elements(r.outcome::json -> 'decisions') d
    join json_array_elements(p.event::json #> '{schema,segments}') s
      on s ->> 'number' = d ->> 'segmentNumber'
  where r.kind = 'ACCEPTED'
    and ((r.outcome::json -> 'voxels' ->> (d ->> 'segmentNumber'))::bigint > 0
      or (d ->> 'voxelsRemoved')::bigint > 0);
