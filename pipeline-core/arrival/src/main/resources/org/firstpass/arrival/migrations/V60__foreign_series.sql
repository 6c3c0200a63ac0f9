-- Segmentations and structure sets that others stored: a correction now, or kept for a person to decide.

alter table series drop constraint series_state_check;
alter table series add constraint series_state_check
  check (state in ('RECEIVING', 'COMPLETE', 'PROPOSED', 'TAKEN', 'KEPT', 'REFUSED', 'FAILED'));
alter table series_revision drop constraint series_revision_outcome_check;
alter table series_revision add constraint series_revision_outcome_check
  check (outcome in ('PROPOSED', 'TAKEN', 'KEPT', 'REFUSED', 'FAILED'));
