-- What was posted is found at once. It belongs to no revision of its series yet: a series that has one is retrieved without it.
alter table instance add column posted boolean not null default false;
