-- What is fetched from which archive, and why. No column holds a patient's name or id, or an accession number.

-- Claims of one source take turns at its row.
create table source (
  name text primary key,
  -- When a backfill may fetch again, so that it keeps to its rate.
  next_fetch timestamptz not null,
  -- Why backfills do nothing now; null if nothing holds them.
  held text
);

create table backfill (
  backfill bigint generated always as identity primary key,
  source text not null,
  date_from date not null,
  date_to date not null,
  modality text,
  body_part text,
  project text not null,
  -- So many studies at most; null: all.
  most int,
  state text not null check (state in ('RUNNING', 'PAUSED', 'CANCELLED', 'DONE')),
  created timestamptz not null,
  changed timestamptz not null
);

-- What a backfill asks for at a time: a day, or a part of one if the archive cut its answer.
create table query_window (
  entry bigint generated always as identity primary key,
  backfill bigint not null references backfill,
  day date not null,
  -- Minutes of the day, both included; null: studies of the whole day, whatever their time.
  minute_from int,
  minute_to int,
  found int,
  state text not null check (state in ('WAITING', 'UNDER_WAY', 'DONE', 'FAILED', 'CANCELLED')),
  attempts int not null default 0,
  due timestamptz not null,
  -- Who works on it: a later holder's changes count, an earlier one's do not.
  lease uuid,
  lease_until timestamptz,
  reason text,
  explanation text,
  changed timestamptz not null
);

create index query_window_due on query_window (backfill, due) where state in ('WAITING', 'UNDER_WAY');

-- From when on a rule counts: when it was first configured.
create table prior_rule (
  name text primary key,
  since timestamptz not null
);

-- Which studies of a patient are earlier ones, asked for once for each rule and study.
create table prior_search (
  entry bigint generated always as identity primary key,
  rule text not null,
  source text not null,
  study_uid text not null,
  series_uid text not null,
  found int,
  state text not null check (state in ('WAITING', 'UNDER_WAY', 'DONE', 'FAILED', 'CANCELLED')),
  attempts int not null default 0,
  due timestamptz not null,
  lease uuid,
  lease_until timestamptz,
  reason text,
  explanation text,
  changed timestamptz not null,
  unique (rule, study_uid)
);

create index prior_search_due on prior_search (source, due) where state in ('WAITING', 'UNDER_WAY');

-- A study, or one series of it, on its way from a source.
create table request (
  entry bigint generated always as identity primary key,
  -- What makes it the same fetch.
  key text not null unique,
  source text not null,
  cause text not null check (cause in ('ASKED', 'PRIOR', 'BACKFILL')),
  backfill bigint references backfill,
  rule text,
  -- Whose prior it is.
  prior_of text,
  study_uid text not null,
  series_uid text,
  -- Of its series only these, with commas; empty: all.
  modalities text not null default '',
  body_parts text not null default '',
  project text not null,
  state text not null check (state in ('WAITING', 'UNDER_WAY', 'DONE', 'FAILED', 'CANCELLED')),
  attempts int not null default 0,
  due timestamptz not null,
  lease uuid,
  lease_until timestamptz,
  reason text,
  explanation text,
  -- Instances: those that were here before, came, were not taken, did not come.
  present int not null default 0,
  arrived int not null default 0,
  refused int not null default 0,
  missing int not null default 0,
  created timestamptz not null,
  changed timestamptz not null
);

create index fetch_due on request (source, due) where state in ('WAITING', 'UNDER_WAY');
create index fetch_of_backfill on request (backfill, state) where backfill is not null;
create index fetch_failed on request (source) where state = 'FAILED';

-- Which series were fetched, written before they are.
create table series (
  series_uid text not null,
  request bigint not null references request,
  began timestamptz not null,
  primary key (series_uid, request)
);
