package org.firstpass.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;
import org.firstpass.event.CaseSelection;
import org.firstpass.event.CaseSelection.Way;
import org.firstpass.selection.Drawing;
import org.firstpass.selection.Drawing.Draw;
import org.firstpass.selection.LotCircle;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/**
 * Which task a reader gets next, and the rows of {@code review.pick} that say how it came.
 *
 * <p>First what a colleague handed over, then what somebody had and let lapse, then what is due
 * within {@link #SOON}, then what was asked for or routed first. Only what is left is drawn for.
 */
final class Picks {
  /** What is due within this time is read before anything is drawn. */
  static final Duration SOON = Duration.ofDays(1);

  /** Added to the order of what was asked for first; what is above half of it was. */
  static final double CLINICAL = 1_000_000;

  /** Not the second reading of what the reader read first. */
  private static final String NOT_BARRED = " and not_for is distinct from :holder";

  /** What waits and is nobody's yet. */
  private static final String FREE =
      "state in ('WAITING', 'RETURNED') and (handed_to is null or handed_until <= :now)"
          + NOT_BARRED;

  /** What a lot may fall on; the condition of its index is in it as it stands there. */
  private static final String POOL =
      FREE + " and order_key < 500000 and (due_at is null or due_at > :soon)";

  private Picks() {}

  /** What is claimed, and by what. */
  private enum Kind {
    HANDED,
    LAPSED,
    CLINICAL,
    DRAWN
  }

  private record Found(UUID id, Kind kind) {
    boolean isNew() {
      return kind == Kind.DRAWN || kind == Kind.CLINICAL;
    }
  }

  /**
   * What a reader gets.
   *
   * @param isNew what lapsed or was handed over is not: it had been picked before
   */
  record Pick(UUID task, Draw draw, Way way, boolean isNew) {}

  /**
   * For the rest of the transaction: each statement is planned once and finds its rows by index.
   * With so many indexes to choose from, planning takes many times as long as a claim.
   */
  private static final String PLANNED_ONCE =
      ", set_config('plan_cache_mode', 'force_generic_plan', true),"
          + " set_config('enable_seqscan', 'off', true)";

  /** The pick of a reader, with its row locked until the transaction ends. */
  static Optional<Pick> take(Handle handle, Drawing drawing, String reader, Instant now) {
    long number =
        handle
            .createQuery(
                "insert into review.reader_picks as r (reader, picks) values (:reader, 1)"
                    + " on conflict (reader) do update set picks = r.picks + 1 returning picks"
                    + PLANNED_ONCE)
            .bind("reader", reader)
            .mapTo(long.class)
            .one();
    return pick(handle, drawing.draw(reader, number), reader, now, "for update skip locked");
  }

  /** What {@link #take} would give now. */
  static Optional<Pick> look(Handle handle, Drawing drawing, String reader, Instant now) {
    long picks =
        handle
            .createQuery(
                "select coalesce((select picks from review.reader_picks where reader = :reader), 0)"
                    + PLANNED_ONCE)
            .bind("reader", reader)
            .mapTo(long.class)
            .one();
    return pick(handle, drawing.draw(reader, picks + 1), reader, now, "");
  }

  private static Optional<Pick> pick(
      Handle handle, Draw draw, String reader, Instant now, String locking) {
    Optional<Found> found = first(handle, reader, now, draw.byLot(), locking);
    if (found.isEmpty() && draw.byLot()) {
      Optional<UUID> drawn = lot(handle, draw, reader, now, locking);
      if (drawn.isPresent()) {
        return drawn.map(id -> new Pick(id, draw, Way.LOT, true));
      }
      found = first(handle, reader, now, false, locking);
    }
    return found.map(
        one ->
            new Pick(
                one.id(), draw, one.kind() == Kind.DRAWN ? Way.ORDER : Way.CLINICAL, one.isNew()));
  }

  // One statement that looks no further than it has to.
  private static Optional<Found> first(
      Handle handle, String reader, Instant now, boolean byLot, String locking) {
    String byOrder = " order by order_key desc, id limit 1 " + locking + ")";
    String sql =
        "select coalesce((select 'HANDED ' || id from review.task where handed_to = :holder and"
            + " state in ('WAITING', 'RETURNED')"
            + NOT_BARRED
            + byOrder
            + ", (select 'LAPSED ' || id from review.task where state = 'CLAIMED' and lease_until"
            + " <= :now"
            + NOT_BARRED
            + " order by lease_until limit 1 "
            + locking
            + "), (select 'CLINICAL ' || id from review.task where due_at <= :soon and "
            + FREE
            + " order by due_at, order_key desc, id limit 1 "
            + locking
            + "), (select case when order_key < 500000 then 'DRAWN ' else 'CLINICAL ' end || id"
            + " from review.task where "
            + (byLot ? "order_key >= 500000 and " : "")
            + FREE
            + byOrder
            + ")";
    return bound(handle.createQuery(sql), reader, now)
        .mapTo(String.class)
        .findOne()
        .map(text -> text.split(" "))
        .map(parts -> new Found(UUID.fromString(parts[1]), Kind.valueOf(parts[0])));
  }

  private static Optional<UUID> lot(
      Handle handle, Draw draw, String reader, Instant now, String locking) {
    List<UUID> window = window(handle, draw, reader, now);
    if (window.isEmpty()) {
      return Optional.empty();
    }
    var turned = new ArrayList<>(window);
    Collections.rotate(turned, -draw.among(window.size()));
    // What another claim has its hand on is passed over.
    return handle
        .createQuery(
            "select t.id from unnest(:ids) with ordinality as drawn (id, place)"
                + " join review.task t on t.id = drawn.id"
                + " where t.state in ('WAITING', 'RETURNED') order by drawn.place limit 1 "
                + locking.replace("update", "update of t"))
        .bindArray("ids", UUID.class, turned)
        .mapTo(UUID.class)
        .findOne();
  }

  private static List<UUID> window(Handle handle, Draw draw, String reader, Instant now) {
    String some = " order by lot limit " + LotCircle.WINDOW + ")";
    return bound(
            handle.createQuery(
                "select id from ((select id, lot, 0 as lap from review.task where lot >= :place and "
                    + POOL
                    + some
                    + " union all (select id, lot, 1 from review.task where lot < :place and "
                    + POOL
                    + some
                    + ") circle order by lap, lot limit "
                    + LotCircle.WINDOW),
            reader,
            now)
        .bind("place", draw.place())
        .mapTo(UUID.class)
        .list();
  }

  static Query bound(Query query, String reader, Instant now) {
    return query.bind("now", now).bind("soon", now.plus(SOON)).bind("holder", reader);
  }

  /** Who claimed which task, and by which strategy it was ordered. */
  record Claim(UUID task, String reader, Instant at, String strategy) {}

  /** Writes a pick down, once its task is claimed in this transaction. */
  static void note(Handle handle, Drawing drawing, Pick pick, Standing standing, Claim claim) {
    if (pick.isNew()) {
      boolean sure = pick.way() == Way.CLINICAL;
      insert(
              handle,
              claim,
              pick.way(),
              sure ? 1 : standing.probability(drawing),
              sure ? null : standing.waiting())
          .bind("share", drawing.randomShare())
          .bind("seed", drawing.seed())
          .bind("number", pick.draw().number())
          .execute();
    } else if (of(handle, claim.task()).isEmpty()) {
      byHand(handle, claim);
    }
  }

  /** Writes down that a person chose the task. */
  static void byHand(Handle handle, Claim claim) {
    insert(handle, claim, Way.HAND, null, null)
        .bind("share", (Double) null)
        .bind("seed", (Long) null)
        .bind("number", (Long) null)
        .execute();
  }

  private static Update insert(
      Handle handle,
      Claim claim,
      Way way,
      @Nullable Double probability,
      @Nullable Integer waiting) {
    return handle
        .createUpdate(
            """
            insert into review.pick (task_id, reader, at, strategy, way, probability, waiting,
              random_share, seed, number)
            values (:task, :reader, :at,
              coalesce((select lower(t.interest::json ->> 'kind') || '-first' from review.task t
                where t.id = :task), :strategy),
              :way, :probability, :waiting, :share, :seed, :number)
            """)
        .bind("task", claim.task())
        .bind("reader", claim.reader())
        .bind("at", claim.at())
        .bind("strategy", claim.strategy())
        .bind("way", way.name())
        .bind("probability", probability)
        .bind("waiting", waiting);
  }

  /**
   * Where a task stood among those that could have been picked.
   *
   * @param waiting how many those were, if a draw looks at all of them
   * @param first whether it was first by the strategy
   */
  record Standing(double byLot, @Nullable Integer waiting, boolean first) {

    double probability(Drawing drawing) {
      return LotCircle.ofPick(drawing, byLot, first);
    }

    /** As {@link #STANDING} has it. */
    static Standing read(ResultSet row) throws SQLException {
      int others = row.getInt("others");
      Double predecessor = row.getObject("predecessor", Double.class);
      double byLot =
          LotCircle.probability(
              row.getDouble("lot"),
              others,
              predecessor == null ? OptionalDouble.empty() : OptionalDouble.of(predecessor));
      return new Standing(
          byLot, others < LotCircle.WINDOW ? others + 1 : null, row.getBoolean("is_first"));
    }
  }

  /**
   * The place of {@code :task} before it is claimed: its own lot, how many others a draw would look
   * at, and the lot of the last of these, which may lie on the other side of zero. What came first
   * ({@code :ordered}) was first, whatever other claims have their hand on.
   */
  static final String STANDING =
      "select t.id, t.lot, around.others, around.predecessor, :ordered or t.id = (select id from"
          + " review.task where "
          + POOL
          + " order by order_key desc, id limit 1"
          + ") as is_first from review.task t cross join lateral (with near as materialized ("
          + before("lot < t.lot")
          + "), far as materialized (select * from ("
          + before("lot > t.lot")
          + ") beyond limit "
          + LotCircle.WINDOW
          + " - (select count(*) from near)) select (select count(*) from near) + (select count(*)"
          + " from far) as others, coalesce((select min(lot) from far), (select min(lot) from"
          + " near)) as predecessor) around where t.id = :task";

  private static String before(String which) {
    return "select lot from review.task where "
        + which
        + " and "
        + POOL
        + " order by lot desc limit "
        + LotCircle.WINDOW;
  }

  /** How a task came to whom it came to last, if that was written down. */
  static Optional<CaseSelection> of(Handle handle, UUID task) {
    return handle
        .createQuery(
            "select strategy, way, probability from review.pick where task_id = :task"
                + " order by id desc limit 1")
        .bind("task", task)
        .map(
            (row, context) ->
                new CaseSelection(
                    row.getString("strategy"),
                    Way.valueOf(row.getString("way")),
                    row.getObject("probability", Double.class)))
        .findOne();
  }
}
