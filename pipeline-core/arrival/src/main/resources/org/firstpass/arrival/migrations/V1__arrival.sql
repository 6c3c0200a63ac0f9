-- What arrived. No column holds a patient's name or id: patients are keyed pseudonyms.

create table series (
  series_uid text primary key,
  study_uid text not null,
  patient_key text not null,
  modality text not null,
  sender text not null,
  first_received timestamptz not null,
  last_received timestamptz not null,
  -- Something came that no revision holds yet.
  pending boolean not null,
  revision int not null default 0,
  state text not null check (state in ('RECEIVING', 'COMPLETE', 'PROPOSED', 'REFUSED', 'FAILED')),
  reason text
);

create index series_pending on series (last_received) where pending;
create index series_unfinished on series (first_received) where state in ('RECEIVING', 'COMPLETE');

-- Every content that ever came. The newest content of a SOP instance is the one that counts.
create table instance (
  entry bigint generated always as identity primary key,
  series_uid text not null,
  instance_uid text not null,
  content text not null,
  size bigint not null,
  sop_class text not null,
  transfer_syntax text not null,
  study_uid text not null,
  patient_key text not null,
  modality text not null,
  sender text not null,
  received timestamptz not null,
  unique (series_uid, instance_uid, content)
);

create table series_revision (
  series_uid text not null references series,
  revision int not null,
  revision_hash text not null,
  manifest text not null,
  manifest_size bigint not null,
  instances int not null,
  completed timestamptz not null,
  event_id uuid,
  outcome text check (outcome in ('PROPOSED', 'REFUSED', 'FAILED')),
  outcome_rank int not null default 0,
  reason text,
  explanation text,
  ended timestamptz,
  primary key (series_uid, revision)
);
