-- What a revision says of itself, so that it can be told again to its neighbours in the study.

alter table series_revision add column study_uid text;
alter table series_revision add column patient_key text;
alter table series_revision add column modality text;

update series_revision r
  set study_uid = s.study_uid, patient_key = s.patient_key, modality = s.modality
  from series s where s.series_uid = r.series_uid;

alter table series_revision alter column study_uid set not null;
alter table series_revision alter column patient_key set not null;
alter table series_revision alter column modality set not null;

create index series_of_study on series (study_uid);

-- The refusals that another series of the study may overcome have two ranks below the failures now.
update series_revision set outcome_rank = outcome_rank + 2 where outcome_rank > 0;
update series_revision set outcome_rank = case reason when 'FP1021' then 1 else 2 end
  where outcome = 'REFUSED' and reason in ('FP1021', 'FP1023');

-- What workers began on a revision; a row stays when its work has ended.
create table work (
  event_id uuid primary key,
  series_uid text not null,
  revision int not null,
  package_name text not null,
  package_version text not null,
  device text not null,
  started timestamptz not null,
  expected_millis bigint,
  ended boolean not null
);

create index work_of_series on work (series_uid, revision);
