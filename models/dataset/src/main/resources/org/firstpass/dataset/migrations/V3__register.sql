-- Every data set that was made here. The name of a version is the hash of its manifest.
create table dataset.version (
  manifest_hash text primary key,
  name text not null,
  format text not null,
  cases integer not null,
  parent text,
  made_at timestamptz not null default now(),
  -- As it was made, but for the cases of patients who were erased since.
  manifest bytea not null,
  tombstoned_at timestamptz
);

create table dataset.version_folder (
  manifest_hash text not null references dataset.version,
  folder text not null,
  written_at timestamptz not null default now(),
  primary key (manifest_hash, folder)
);

create table dataset.version_patient (
  manifest_hash text not null references dataset.version,
  patient_key text not null,
  cases text[] not null,
  primary key (manifest_hash, patient_key)
);

create index version_patient_by_patient on dataset.version_patient (patient_key);

-- Which model packages were made of which data sets.
create table dataset.version_use (
  manifest_hash text not null references dataset.version,
  package_digest text not null,
  package_name text not null,
  package_version text not null,
  noted_at timestamptz not null default now(),
  primary key (manifest_hash, package_digest)
);

-- Who is to be in no data set any more. A row stands for ever.
create table dataset.erasure (
  patient_key text primary key,
  reason text not null,
  erased_at timestamptz not null default now()
);

create function dataset.refuse_erasure_change() returns trigger language plpgsql as $$
begin
  raise exception 'erasures are permanent: % is refused', tg_op;
end
$$;

create trigger erasures_stand
  before update or delete on dataset.erasure
  for each row execute function dataset.refuse_erasure_change();
