-- Readers look for a request by how its accession number begins.
create index study_accession on study ((terms -> '00080050' ->> 0) collate "C");
