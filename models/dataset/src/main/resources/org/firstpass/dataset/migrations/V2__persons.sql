-- Who was decided first: the others that turn out to be the same person follow.
alter table dataset.split_ledger add column position bigint generated always as identity;

-- Two patient keys that are one person. Links are only ever added.
create table dataset.patient_link (
  one text not null,
  other text not null,
  reason text not null check (reason in ('MERGED', 'SAME_IMAGE', 'ADOPTED')),
  noted_at timestamptz not null default now(),
  primary key (one, other),
  check (one < other)
);

-- What a series looks like from afar, to know it again under another patient.
create table dataset.image_signature (
  patient_key text not null,
  revision_hash text not null,
  grid text not null,
  mean double precision not null,
  deviation double precision not null,
  blocks bytea not null,
  primary key (patient_key, revision_hash)
);

create index image_signature_by_mean on dataset.image_signature (grid, mean);
