-- What was told on a topic is read again from here, in its order, by those who do not read the broker.
create index outbox_told on outbox (topic, position) where position is not null;

-- A tombstone has no data; what was told by its key before and since is not told again.
create index outbox_erased on outbox (topic, record_key) where json_typeof(data) = 'null';
