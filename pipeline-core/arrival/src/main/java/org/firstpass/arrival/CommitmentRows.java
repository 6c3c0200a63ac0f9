package org.firstpass.arrival;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.firstpass.database.Database;
import org.firstpass.dicom.CommitmentReport.Failure;
import org.firstpass.dicom.CommitmentRequest;
import org.firstpass.dicom.ReferencedInstance;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.firstpass.study.Sha256;
import org.firstpass.study.SopClassUid;
import org.firstpass.study.SopInstanceUid;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** Storage commitment requests as rows. Safe for use by many threads. */
final class CommitmentRows {
  /** A request that waits for its answer. */
  record Open(
      long entry,
      String requester,
      String called,
      String transaction,
      Instant requested,
      int attempts) {}

  /** An instance that is asked for, and what is stored under its UID: the newest content. */
  record Asked(
      ReferencedInstance instance, @Nullable SopClassUid storedClass, @Nullable Sha256 content) {

    /** Why it is not committed; empty if it is. */
    Optional<Failure> failure(Predicate<Sha256> isStored) {
      if (storedClass == null || content == null) {
        return Optional.of(new Failure(instance, Failure.NO_SUCH_INSTANCE));
      }
      if (!storedClass.equals(instance.sopClass())) {
        return Optional.of(new Failure(instance, Failure.CLASS_CONFLICT));
      }
      return isStored.test(content)
          ? Optional.empty()
          : Optional.of(new Failure(instance, Failure.PROCESSING_FAILURE));
    }
  }

  private final Database database;

  CommitmentRows(Database database) {
    this.database = database;
  }

  /** Keeps a request. The same one again is answered again. */
  void add(CommitmentRequest request, Instant now) {
    database.useTransaction(
        handle -> {
          Optional<Long> entry =
              handle
                  .createQuery(
                      "insert into arrival.commitment (requester, called, transaction_uid,"
                          + " requested, next_attempt, state) values (:requester, :called,"
                          + " :transaction, :now, :now, 'PENDING')"
                          + " on conflict (requester, transaction_uid) do nothing returning entry")
                  .bind("requester", request.callingAeTitle())
                  .bind("called", request.calledAeTitle())
                  .bind("transaction", request.transaction())
                  .bind("now", now)
                  .mapTo(Long.class)
                  .findOne();
          if (entry.isPresent()) {
            insert(handle, entry.get(), request.instances());
          } else {
            again(handle, request, now);
          }
        });
  }

  private static void insert(Handle handle, long entry, List<ReferencedInstance> instances) {
    try (PreparedBatch batch =
        handle.prepareBatch(
            "insert into arrival.commitment_instance (entry, instance_uid, sop_class)"
                + " values (:entry, :instance, :sopClass) on conflict do nothing")) {
      for (ReferencedInstance instance : instances) {
        batch
            .bind("entry", entry)
            .bind("instance", instance.instance().value())
            .bind("sopClass", instance.sopClass().value())
            .add();
      }
      batch.execute();
    }
  }

  private static void again(Handle handle, CommitmentRequest request, Instant now) {
    long entry =
        handle
            .createQuery(
                "select entry from arrival.commitment where requester = :requester"
                    + " and transaction_uid = :transaction for update")
            .bind("requester", request.callingAeTitle())
            .bind("transaction", request.transaction())
            .mapTo(Long.class)
            .one();
    Set<ReferencedInstance> before =
        Set.copyOf(asked(handle, entry).stream().map(Asked::instance).toList());
    if (!before.equals(Set.copyOf(request.instances()))) {
      throw new StudyRefused(
          ReasonCode.MALFORMED_INSTANCE,
          "expected transaction "
              + request.transaction()
              + " to be new, found it in use for other instances");
    }
    handle.execute(
        "update arrival.commitment set state = 'PENDING', requested = ?, next_attempt = ?,"
            + " attempts = 0, ended = null where entry = ?",
        now,
        now,
        entry);
  }

  /** Takes requests whose time has come; if their answer fails, nobody else tries before then. */
  List<Open> take(Instant now, Duration lease, Set<String> busyRequesters, int most) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(
                    "update arrival.commitment set next_attempt = :until where entry in (select"
                        + " entry from arrival.commitment where state = 'PENDING'"
                        + " and next_attempt <= :now and requester <> all (:busy)"
                        + " order by next_attempt limit :most for update skip locked) returning *")
                .bind("until", now.plus(lease))
                .bind("now", now)
                .bindArray("busy", String.class, List.copyOf(busyRequesters))
                .bind("most", most)
                .map((row, context) -> open(row))
                .list());
  }

  List<Asked> asked(long entry) {
    return database.inTransaction(handle -> asked(handle, entry));
  }

  private static List<Asked> asked(Handle handle, long entry) {
    return handle
        .createQuery(
            "select c.instance_uid, c.sop_class, i.sop_class stored_class, i.content"
                + " from arrival.commitment_instance c left join lateral (select sop_class,"
                + " content from arrival.instance i where i.instance_uid = c.instance_uid"
                + " order by i.entry desc limit 1) i on true"
                + " where c.entry = :entry order by c.instance_uid, c.sop_class")
        .bind("entry", entry)
        .map((row, context) -> instance(row))
        .list();
  }

  void tryAgain(Open request, Instant when, boolean failed) {
    database.useTransaction(
        handle ->
            handle.execute(
                "update arrival.commitment set next_attempt = ?, attempts = ? where entry = ?",
                when,
                request.attempts() + (failed ? 1 : 0),
                request.entry()));
  }

  void end(Open request, boolean answered, Instant now) {
    database.useTransaction(
        handle ->
            handle.execute(
                "update arrival.commitment set state = ?, ended = ? where entry = ?",
                answered ? "ANSWERED" : "GIVEN_UP",
                now,
                request.entry()));
  }

  /** Forgets what ended before then. */
  void forget(Instant before) {
    database.useTransaction(
        handle -> handle.execute("delete from arrival.commitment where ended < ?", before));
  }

  private static Open open(ResultSet row) throws SQLException {
    return new Open(
        row.getLong("entry"),
        row.getString("requester"),
        row.getString("called"),
        row.getString("transaction_uid"),
        row.getObject("requested", OffsetDateTime.class).toInstant(),
        row.getInt("attempts"));
  }

  private static Asked instance(ResultSet row) throws SQLException {
    String storedClass = row.getString("stored_class");
    String content = row.getString("content");
    return new Asked(
        new ReferencedInstance(
            new SopClassUid(row.getString("sop_class")),
            new SopInstanceUid(row.getString("instance_uid"))),
        storedClass == null ? null : new SopClassUid(storedClass),
        content == null ? null : new Sha256(content));
  }
}
