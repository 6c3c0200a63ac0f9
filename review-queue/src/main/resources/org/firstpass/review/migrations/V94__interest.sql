-- What makes a case worth reading for what is learned of it.

alter table review.task add column interest text;      -- kind, value and sentence as JSON; null: the package's own doubt counts
alter table review.task add column measured boolean not null default false;   -- whether it was asked for the interest
alter table review.task add column scanner text;                             -- manufacturer and model, once it was measured
create index task_not_measured on review.task (arrived)
  where state in ('WAITING', 'RETURNED') and not measured;

-- What loses interest while it waits, because others are read.
create index task_interest on review.task (order_key desc, id)
  where state in ('WAITING', 'RETURNED') and interest is not null;

-- What the package's own statistics say of a case, so that cases can be told apart.
create table review.case_embedding (
  task_id   uuid primary key references review.task (id),
  schema    text not null,                -- name and version of the label schema: only of one schema are they comparable
  values    double precision[] not null
);
create index case_embedding_schema on review.case_embedding (schema);

-- How far packages in shadow agree with what was shown.
create table review.shadow_agreement (
  series_uid  text not null,
  revision    integer not null,
  package     text not null,              -- name and version
  segment     integer not null,           -- the one on which they agree the least
  dice        double precision not null,
  primary key (series_uid, revision, package)
);

create index case_figure_origin on review.case_figure (scanner, protocol);
