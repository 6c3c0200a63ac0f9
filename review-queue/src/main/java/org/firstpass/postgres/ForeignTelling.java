package org.firstpass.postgres;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.firstpass.database.PostgresOutbox;
import org.firstpass.event.ForeignSeriesFiled;
import org.firstpass.event.ForeignSeriesFiled.Filing;
import org.firstpass.event.SeriesInput;
import org.firstpass.failure.ReasonCode;
import org.firstpass.foreign.ForeignItem;
import org.firstpass.foreign.ForeignItem.Filed;
import org.firstpass.foreign.ForeignItem.State;
import org.firstpass.foreign.ForeignObject;
import org.firstpass.stream.Topics;
import org.firstpass.study.NameBasedUuid;
import org.jdbi.v3.core.Handle;

/**
 * Says where a foreign series was put, in the transaction that put the last of its objects there.
 */
final class ForeignTelling {
  private ForeignTelling() {}

  /** Tells nothing while one of the objects has not been looked at. */
  static void tell(Handle handle, ForeignObject one, Instant now) {
    String series = one.input().reference().series().value();
    // Two objects of a series that are filed at once would each see the other as not looked at.
    handle.execute(
        "select pg_advisory_xact_lock(hashtextextended('firstpass.foreign.' || ?, 0))", series);
    List<ForeignItem> items =
        handle
            .createQuery(
                "select object, filed, intent, changed_at from review.foreign_object"
                    + " where series_uid = :series")
            .bind("series", series)
            .map((row, context) -> ForeignRows.read(row))
            .list();
    weightiest(items)
        .ifPresent(
            filed ->
                PostgresOutbox.add(
                    handle,
                    TaskWriting.SCHEMA,
                    Topics.PROPOSALS.name(),
                    event(newest(items), filed, now)));
  }

  /** What waits for a person first, then what was taken. */
  private static Optional<Filed> weightiest(List<ForeignItem> items) {
    if (items.stream().anyMatch(item -> item.filed().state() == State.ARRIVED)) {
      return Optional.empty();
    }
    return items.stream()
        .filter(item -> item.filed().reason() != ReasonCode.FOREIGN_REPLACED)
        .map(ForeignItem::filed)
        .min(Comparator.comparing(Filed::state));
  }

  private static SeriesInput newest(List<ForeignItem> items) {
    return items.stream()
        .map(item -> item.object().input())
        .max(Comparator.comparingInt(SeriesInput::revision))
        .orElseThrow();
  }

  private static ForeignSeriesFiled event(SeriesInput input, Filed filed, Instant now) {
    ReasonCode reason = filed.reason();
    UUID correction = filed.state() == State.TAKEN ? filed.correction() : null;
    UUID id =
        NameBasedUuid.of(
            "foreign-series-filed",
            input.revisionHash().hex(),
            filed.state().name(),
            reason == null ? "" : reason.code());
    return new ForeignSeriesFiled(
        id, now, input, filing(filed.state()), reason, filed.explanation(), correction);
  }

  private static Filing filing(State state) {
    return switch (state) {
      case TAKEN -> Filing.TAKEN;
      case KEPT, ARRIVED -> Filing.KEPT;
      case REFUSED -> Filing.REFUSED;
      case FAILED -> Filing.FAILED;
    };
  }
}
