package org.firstpass.security;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.RowMapper;

/**
 * Who did what, append-only and chained by hashes. Thread-safe.
 *
 * <p>Recording is one insert and waits for nobody. {@link #seal} links what is new into the chain,
 * in one place at a time; it runs every second and before every reading.
 */
public final class AuditTrail {
  private static final RowMapper<AuditEntry> ENTRY =
      (row, context) ->
          new AuditEntry(
              row.getLong("id"),
              row.getTimestamp("time").toInstant(),
              new AuditFact(
                  row.getString("actor"),
                  AuditAction.valueOf(row.getString("action")),
                  row.getString("target"),
                  AuditJson.details(row.getString("details"))));

  private final Jdbi jdbi;
  private final Clock clock;
  private final AuditChain chain;

  AuditTrail(Jdbi jdbi, Clock clock) {
    this.jdbi = jdbi;
    this.clock = clock;
    this.chain = new AuditChain(jdbi);
  }

  /** Records in a transaction of its own. */
  public void record(AuditFact fact) {
    jdbi.useTransaction(handle -> record(handle, fact));
  }

  /** Records in the caller's transaction: the fact stands exactly if what it tells of does. */
  public void record(Handle handle, AuditFact fact) {
    handle
        .createUpdate(
            """
            with entry as (
              insert into review.audit_entry (time, actor, action, target, details)
              values (:time, :actor, :action, :target, :details) returning id)
            insert into review.audit_unsealed (entry) select id from entry
            """)
        .bind("time", now())
        .bind("actor", fact.actor())
        .bind("action", fact.action().name())
        .bind("target", fact.target())
        .bind("details", AuditJson.text(fact.details()))
        .execute();
  }

  /**
   * The newest entries first, older than an entry id; use {@link Long#MAX_VALUE} for the newest.
   */
  public List<AuditEntry> before(long entry, int limit) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select id, time, actor, action, target, details from review.audit_entry
                    where id < :entry order by id desc limit :limit
                    """)
                .bind("entry", entry)
                .bind("limit", limit)
                .map(ENTRY)
                .list());
  }

  /** Links what is new into the chain and returns how many entries that was. */
  public int seal() {
    return chain.seal();
  }

  /** Walks the whole chain and recomputes every hash. */
  public AuditVerification verify() {
    seal();
    return chain.verify();
  }

  private Instant now() {
    // The database keeps microseconds, and the hash is over what it keeps.
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
