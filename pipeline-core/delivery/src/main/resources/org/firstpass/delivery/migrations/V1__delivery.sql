-- What is to be sent where. No column holds a patient's name or id.

-- From when on a destination gets results: when it was first configured.
create table destination (
  name text primary key,
  since timestamptz not null
);

-- The results, as they were told.
create table result (
  event_id uuid primary key,
  attributes json not null,
  data json not null
);

create table delivery (
  entry bigint generated always as identity primary key,
  event_id uuid not null references result,
  destination text not null,
  object text not null,
  series_uid text not null,
  state text not null check (state in
    ('PENDING', 'SENDING', 'AWAITING_CONFIRMATION', 'DELIVERED', 'FAILED', 'QUARANTINED')),
  -- Of the retry budget.
  attempts int not null default 0,
  due timestamptz not null,
  -- Who works on it: a later holder's changes count, an earlier one's do not.
  lease uuid,
  lease_until timestamptz,
  -- Content hashes of the object's forms, the preferred one first; empty until it is made.
  forms text not null default '',
  instance_uid text,
  reason text,
  explanation text,
  created timestamptz not null,
  changed timestamptz not null,
  unique (event_id, destination, object)
);

create index delivery_due on delivery (destination, due)
  where state in ('PENDING', 'SENDING', 'AWAITING_CONFIRMATION');
create index delivery_undelivered on delivery (destination, created) where state <> 'DELIVERED';
create index delivery_series on delivery (series_uid);
