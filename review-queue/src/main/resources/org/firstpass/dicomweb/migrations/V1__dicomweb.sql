-- What QIDO-RS answers: the attributes of each study, series and instance as DICOM JSON. Patients' names and ids are here,
-- because a viewer looks studies up by them; every route that reads this schema asks for a role.
-- Terms are what is matched: by tag, the values as text.

create table study (
  study_uid text primary key,
  study_date text not null,
  attributes jsonb not null,
  terms jsonb not null
);

create index study_terms on study using gin (terms jsonb_path_ops);
create index study_order on study (study_date desc, study_uid);

create table series (
  study_uid text not null references study (study_uid),
  series_uid text not null,
  modality text not null,
  number int not null,
  attributes jsonb not null,
  terms jsonb not null,
  primary key (study_uid, series_uid)
);

create index series_uid on series (series_uid);
create index series_terms on series using gin (terms jsonb_path_ops);

create table instance (
  study_uid text not null,
  series_uid text not null,
  instance_uid text not null,
  content text not null,
  size bigint not null,
  transfer_syntax text not null,
  number int not null,
  attributes jsonb not null,
  terms jsonb not null,
  primary key (study_uid, series_uid, instance_uid),
  foreign key (study_uid, series_uid) references series (study_uid, series_uid)
);

create index instance_uid on instance (instance_uid);
create index instance_terms on instance using gin (terms jsonb_path_ops);
