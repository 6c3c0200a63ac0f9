-- One row per patient pseudonym. A row is written once and stands for ever.
create table dataset.split_ledger (
  patient_key text primary key,
  split text not null check (split in ('TRAINING', 'VALIDATION', 'TEST')),
  proportions text not null,
  decided_at timestamptz not null default now()
);

create function dataset.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'the split ledger is permanent: % is refused', tg_op;
end
$$;

create trigger split_ledger_rows_stand
  before update or delete on dataset.split_ledger
  for each row execute function dataset.refuse_change();

create trigger split_ledger_stands
  before truncate on dataset.split_ledger
  for each statement execute function dataset.refuse_change();
