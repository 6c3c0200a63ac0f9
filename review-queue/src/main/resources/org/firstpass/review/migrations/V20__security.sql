-- Users, sessions, API tokens, failed logins and the audit trail. No secret is stored that could be used again:
-- passwords as Argon2id, tokens as SHA-256 of 256 random bits.

create table review.security_user (
  name text primary key check (name ~ '^[a-z0-9][a-z0-9._-]{0,62}$'),
  display_name text not null check (length(display_name) between 1 and 100),
  roles text[] not null,
  password text not null,
  enabled boolean not null default true,
  created timestamptz not null,
  password_changed timestamptz not null
);

create table review.security_session (
  digest bytea primary key check (length(digest) = 32),
  user_name text not null references review.security_user (name),
  created timestamptz not null,
  seen timestamptz not null,
  until timestamptz not null
);
create index security_session_user on review.security_session (user_name);

create table review.security_token (
  id uuid primary key,
  digest bytea not null unique check (length(digest) = 32),
  user_name text not null references review.security_user (name),
  name text not null check (length(name) between 1 and 100),
  roles text[] not null,
  created timestamptz not null,
  until timestamptz not null,
  revoked timestamptz
);
create index security_token_user on review.security_token (user_name);

-- The key is a digest of user and address, since people type passwords into the wrong field.
create table review.login_attempt (
  key bytea primary key,
  failures integer not null,
  last timestamptz not null,
  blocked_until timestamptz
);

create table review.audit_entry (
  id bigint generated always as identity primary key,
  time timestamptz not null,
  actor text not null,
  action text not null,
  target text not null,
  details text not null
);

-- The hash chain is a table of its own: entries are written by many at once, the chain by one at a time.
create table review.audit_seal (
  position bigint primary key,
  entry bigint not null unique references review.audit_entry (id),
  previous bytea not null,
  hash bytea not null
);

create table review.audit_unsealed (
  entry bigint primary key references review.audit_entry (id)
);

create function review.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'the audit trail is append-only: % on % is refused', tg_op, tg_table_name;
end $$;

create trigger audit_entry_append_only before update or delete or truncate on review.audit_entry
  for each statement execute function review.refuse_change();
create trigger audit_seal_append_only before update or delete or truncate on review.audit_seal
  for each statement execute function review.refuse_change();
