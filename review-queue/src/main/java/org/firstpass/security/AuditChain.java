package org.firstpass.security;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;
import org.firstpass.study.Sha256;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * The hash chain over the audit entries: each link's hash is over the link before it, the position
 * and every field of the entry, each with its length in front.
 */
final class AuditChain {
  private static final byte[] START = new byte[32];
  private static final int BATCH = 500;
  // Any constant will do, as long as nothing else in this database locks it.
  private static final long SEALING_LOCK = 0x4650_5345_414cL;

  private final Jdbi jdbi;

  AuditChain(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  int seal() {
    int sealed = 0;
    int batch;
    do {
      batch = jdbi.inTransaction(this::sealBatch);
      sealed += batch;
    } while (batch == BATCH);
    return sealed;
  }

  AuditVerification verify() {
    return jdbi.inTransaction(
        handle -> {
          var walk = new Walk();
          try (var links =
              handle
                  .createQuery(
                      """
                      select s.position, s.previous, s.hash, e.id, e.time, e.actor, e.action,
                        e.target, e.details
                      from review.audit_seal s left join review.audit_entry e on e.id = s.entry
                      order by s.position
                      """)
                  .setFetchSize(BATCH)
                  .map((row, context) -> Link.of(row))
                  .stream()) {
            links.forEach(walk::step);
          }
          walk.unlinked(firstUnlinked(handle));
          return walk.result();
        });
  }

  private int sealBatch(Handle handle) {
    handle.execute("select pg_advisory_xact_lock(?)", SEALING_LOCK);
    Link head = head(handle);
    List<Row> rows = unsealed(handle);
    var batch =
        handle.prepareBatch(
            """
            insert into review.audit_seal (position, entry, previous, hash)
            values (:position, :entry, :previous, :hash)
            """);
    long position = head.position;
    byte[] previous = head.hash;
    for (Row row : rows) {
      position++;
      byte[] hash = hash(position, previous, row);
      batch
          .bind("position", position)
          .bind("entry", row.id)
          .bind("previous", previous)
          .bind("hash", hash)
          .add();
      previous = hash;
    }
    if (!rows.isEmpty()) {
      batch.execute();
      var done = handle.prepareBatch("delete from review.audit_unsealed where entry = :entry");
      rows.forEach(row -> done.bind("entry", row.id).add());
      done.execute();
    }
    return rows.size();
  }

  private static Link head(Handle handle) {
    return handle
        .createQuery("select position, hash from review.audit_seal order by position desc limit 1")
        .map((row, context) -> new Link(row.getLong("position"), START, row.getBytes("hash"), null))
        .findOne()
        .orElse(new Link(0, START, START, null));
  }

  private static List<Row> unsealed(Handle handle) {
    return handle
        .createQuery(
            """
            select e.id, e.time, e.actor, e.action, e.target, e.details
            from review.audit_unsealed u join review.audit_entry e on e.id = u.entry
            order by e.id limit :batch
            """)
        .bind("batch", BATCH)
        .map((row, context) -> Row.of(row))
        .list();
  }

  // An entry is either in the chain or waiting for it; one that is neither had its link removed.
  private static OptionalLong firstUnlinked(Handle handle) {
    return handle
        .createQuery(
            """
            select min(e.id) from review.audit_entry e
            where not exists (select 1 from review.audit_seal s where s.entry = e.id)
              and not exists (select 1 from review.audit_unsealed u where u.entry = e.id)
            """)
        .mapTo(Long.class)
        .findOne()
        .map(OptionalLong::of)
        .orElse(OptionalLong.empty());
  }

  private static byte[] hash(long position, byte[] previous, Row row) {
    MessageDigest digest = Sha256.newDigest();
    digest.update(previous);
    digest.update(ByteBuffer.allocate(16).putLong(position).putLong(row.id).array());
    for (String field :
        List.of(row.time.toString(), row.actor, row.action, row.target, row.details)) {
      byte[] bytes = field.getBytes(StandardCharsets.UTF_8);
      digest.update(ByteBuffer.allocate(4).putInt(bytes.length).array());
      digest.update(bytes);
    }
    return digest.digest();
  }

  private static final class Row {
    final long id;
    final Instant time;
    final String actor;
    final String action;
    final String target;
    final String details;

    private Row(long id, Instant time, List<String> texts) {
      this.id = id;
      this.time = time;
      this.actor = texts.get(0);
      this.action = texts.get(1);
      this.target = texts.get(2);
      this.details = texts.get(3);
    }

    static Row of(ResultSet row) throws SQLException {
      return new Row(
          row.getLong("id"),
          row.getTimestamp("time").toInstant(),
          List.of(
              row.getString("actor"),
              row.getString("action"),
              row.getString("target"),
              row.getString("details")));
    }
  }

  private static final class Link {
    final long position;
    final byte[] previous;
    final byte[] hash;
    final @Nullable Row row;

    private Link(long position, byte[] previous, byte[] hash, @Nullable Row row) {
      this.position = position;
      this.previous = previous;
      this.hash = hash;
      this.row = row;
    }

    static Link of(ResultSet row) throws SQLException {
      Timestamp time = row.getTimestamp("time");
      return new Link(
          row.getLong("position"),
          row.getBytes("previous"),
          row.getBytes("hash"),
          time == null ? null : Row.of(row));
    }
  }

  /** The state of one walk from the first link to the last. */
  private static final class Walk {
    private long position;
    private byte[] previous = START;
    private OptionalLong firstBroken = OptionalLong.empty();

    void step(Link link) {
      position++;
      Row row = link.row;
      boolean holds =
          link.position == position
              && row != null
              && Arrays.equals(link.previous, previous)
              && Arrays.equals(link.hash, hash(position, previous, row));
      if (!holds && firstBroken.isEmpty()) {
        firstBroken = OptionalLong.of(row == null ? link.position : row.id);
      }
      position = link.position;
      previous = link.hash;
    }

    void unlinked(OptionalLong entry) {
      if (firstBroken.isEmpty()) {
        firstBroken = entry;
      }
    }

    AuditVerification result() {
      return new AuditVerification(position, firstBroken, HexFormat.of().formatHex(previous));
    }
  }
}
