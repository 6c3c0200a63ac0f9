package org.firstpass.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.firstpass.database.Database;
import org.firstpass.event.ProposalMade;
import org.firstpass.event.SegmentAgreement;
import org.firstpass.event.ShadowProposalMade;
import org.firstpass.review.Interest;
import org.firstpass.review.SelectionStrategy;
import org.firstpass.selection.Strategies;
import org.firstpass.selection.Strategy;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Measures what makes waiting cases worth reading, and orders them by it.
 *
 * <p>Novelty and diversity only fall while others are read. So it is enough to measure those anew
 * that are first: what lies behind them cannot have become more. Disagreement of readers may rise,
 * so after a second reading the first {@value #MANY} are measured anew. Safe for use by many
 * processes, one of which measures at a time.
 */
public final class Interests {
  private static final int NEW = 100;
  private static final int FIRST = 64;
  private static final int MANY = 1000;

  /** A change of the order that nobody would notice. */
  private static final double SAME = 0.005;

  private final Database database;
  private final Strategies strategies;
  private final SelectionStrategy order;
  private final Function<ProposalMade, String> scanner;

  /** How many second readings there were when it was measured last. */
  private final AtomicLong seen = new AtomicLong();

  /**
   * @param scanner manufacturer and model of what made the images of a proposal
   */
  public Interests(
      Database database,
      Strategies strategies,
      SelectionStrategy order,
      Function<ProposalMade, String> scanner) {
    this.database = database;
    this.strategies = strategies;
    this.order = order;
    this.scanner = scanner;
  }

  private record Waiting(
      UUID id, ProposalMade proposal, Instant arrived, double key, @Nullable String scanner) {}

  /**
   * Measures what is new, and what is first anew.
   *
   * @return how many cases changed their place
   */
  public int measure() {
    return database.inTransaction(
        handle -> {
          boolean mine =
              handle
                  .createQuery(
                      "select pg_try_advisory_xact_lock(hashtextextended('firstpass.interest', 0))")
                  .mapTo(boolean.class)
                  .one();
          int moved = 0;
          if (mine) {
            var measuring = new InterestMeasuring(handle);
            for (Waiting one : waiting(handle, secondReadings(handle))) {
              moved += place(handle, measuring, one) ? 1 : 0;
            }
          }
          return moved;
        });
  }

  private List<Waiting> waiting(Handle handle, long secondReadings) {
    var all = new ArrayList<Waiting>();
    all.addAll(query(handle, "not t.measured order by t.arrived", NEW));
    // Where two readers disagreed, what waits behind the first may have become more.
    boolean more = secondReadings != seen.getAndSet(secondReadings);
    String which = more ? "t.measured" : "t.interest is not null and t.measured";
    all.addAll(query(handle, which + " order by t.order_key desc, t.id", more ? MANY : FIRST));
    return all;
  }

  private long secondReadings(Handle handle) {
    return strategies.have(Strategy.DISAGREEMENT)
        ? handle
            .createQuery(
                "select count(*) from review.second_reading e where e.task_id is not null and"
                    + " exists (select from review.case_figure f where f.task_id = e.task_id)")
            .mapTo(long.class)
            .one()
        : 0;
  }

  private static List<Waiting> query(Handle handle, String which, int limit) {
    return handle
        .createQuery(
            "select t.id, t.arrived, t.order_key - t.asked as order_key, t.scanner, p.event from"
                + " review.task t join review.proposal p on p.id = t.proposal_id where t.state in"
                + " ('WAITING', 'RETURNED') and "
                + which
                + " limit :limit")
        .bind("limit", limit)
        .map(
            (row, context) ->
                new Waiting(
                    row.getObject("id", UUID.class),
                    TaskRowMapping.parse(row.getString("event"), ProposalMade.class),
                    TaskRowMapping.instant(row, "arrived"),
                    row.getDouble("order_key"),
                    row.getString("scanner")))
        .list();
  }

  private boolean place(Handle handle, InterestMeasuring measuring, Waiting one) {
    Strategy strategy = strategies.of(one.proposal());
    String known = one.scanner();
    String equipment =
        strategy.looksAtScanner() && known == null ? scanner.apply(one.proposal()) : known;
    Optional<Interest> interest =
        switch (strategy) {
          case UNCERTAINTY -> Optional.empty();
          case NOVELTY ->
              Optional.of(measuring.novelty(one.proposal(), Objects.requireNonNull(equipment)));
          case DIVERSITY -> Optional.of(measuring.diversity(one.id(), one.proposal()));
          case DISAGREEMENT ->
              measuring.disagreement(one.proposal(), Objects.requireNonNull(equipment));
        };
    double key = order.orderKey(one.proposal(), interest, one.arrived());
    double before = one.key() >= Picks.CLINICAL / 2 ? one.key() - Picks.CLINICAL : one.key();
    boolean moves = Math.abs(key - before) > SAME;
    handle
        .createUpdate(
            """
            update review.task set measured = true, scanner = :scanner,
              interest = case when :moves then :interest else coalesce(interest, :interest) end,
              order_key = case when :moves then order_key + :by else order_key end
            where id = :id and state in ('WAITING', 'RETURNED') and (:moves or not measured
                or scanner is distinct from :scanner)
            """)
        .bind("scanner", equipment)
        .bind("moves", moves)
        .bind("interest", interest.map(TaskRowMapping::json).orElse(null))
        .bind("by", key - before)
        .bind("id", one.id())
        .execute();
    return moves;
  }

  /** Keeps how far a package in shadow agrees, and has the case measured again if it waits. */
  static void shadowed(Handle handle, ShadowProposalMade event) {
    SegmentAgreement least =
        event.agreement().stream().min((a, b) -> Double.compare(a.dice(), b.dice())).orElse(null);
    if (least == null) {
      return;
    }
    handle
        .createUpdate(
            """
            insert into review.shadow_agreement (series_uid, revision, package, segment, dice)
            values (:series, :revision, :package, :segment, :dice)
            on conflict (series_uid, revision, package)
              do update set segment = excluded.segment, dice = excluded.dice
            """)
        .bind("series", event.series().value())
        .bind("revision", event.input().revision())
        .bind("package", event.modelPackage().name() + " " + event.modelPackage().version())
        .bind("segment", least.segmentNumber())
        .bind("dice", least.dice())
        .execute();
    handle.execute(
        "update review.task set measured = false where series_uid = ? and revision = ?"
            + " and state in ('WAITING', 'RETURNED')",
        event.series().value(),
        event.input().revision());
  }

  /** The interest in a row that has it. */
  static Optional<Interest> read(ResultSet row) throws SQLException {
    return Optional.ofNullable(row.getString("interest"))
        .map(json -> TaskRowMapping.parse(json, Interest.class));
  }
}
