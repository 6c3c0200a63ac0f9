package org.firstpass.arrival;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Instant;
import org.firstpass.database.Database;
import org.firstpass.event.FirstpassEvent;
import org.firstpass.event.ForeignSeriesFiled;
import org.firstpass.event.ProposalFailed;
import org.firstpass.event.ProposalMade;
import org.firstpass.event.ProposalRefused;
import org.firstpass.event.ProposalStarted;
import org.firstpass.event.SeriesArrived;
import org.firstpass.event.SeriesInput;
import org.firstpass.event.ShadowProposalMade;
import org.firstpass.failure.ReasonCode;
import org.firstpass.stream.DeadLetter;
import org.firstpass.stream.DeadLetterLoop;
import org.firstpass.stream.EventLoop;
import org.firstpass.stream.EventLoopConfig;
import org.firstpass.stream.StreamConfig;
import org.firstpass.stream.Topics;
import org.firstpass.study.SeriesInstanceUid;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the proposals and the dead letters of arrivals, and writes down how each series ended.
 */
final class SeriesOutcomes implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SeriesOutcomes.class);
  private static final String GROUP = "firstpass-gateway";

  private final Database database;
  private final Clock clock;
  private final EventLoop proposals;
  private final DeadLetterLoop deadLetters;

  SeriesOutcomes(Database database, StreamConfig stream, MeterRegistry meters, Clock clock) {
    this.database = database;
    this.clock = clock;
    this.proposals =
        new EventLoop(new EventLoopConfig(stream, Topics.PROPOSALS, GROUP), this::proposal, meters);
    this.deadLetters =
        new DeadLetterLoop(
            new EventLoopConfig(stream, Topics.ARRIVALS, GROUP + "-dead-letters"),
            this::deadLetter,
            meters);
  }

  void start() {
    proposals.start();
    deadLetters.start();
  }

  boolean healthy() {
    return proposals.healthy() && deadLetters.healthy();
  }

  private void proposal(FirstpassEvent event) {
    if (event instanceof ProposalStarted started) {
      database.useTransaction(handle -> WorkRows.started(handle, started));
    } else if (event instanceof ProposalMade made) {
      database.useTransaction(handle -> WorkRows.ended(handle, made));
      record(made.input(), SeriesOutcome.proposed(), made.time());
    } else if (event instanceof ProposalRefused refused) {
      var outcome =
          new SeriesOutcome(SeriesState.Kind.REFUSED, refused.reason(), refused.explanation());
      end(refused.input(), outcome, refused.time());
    } else if (event instanceof ProposalFailed failed) {
      var outcome =
          new SeriesOutcome(SeriesState.Kind.FAILED, failed.reason(), failed.explanation());
      end(failed.input(), outcome, failed.time());
    } else if (event instanceof ForeignSeriesFiled filed) {
      record(filed.input(), SeriesOutcome.of(filed), filed.time());
    } else if (event instanceof ShadowProposalMade shadow) {
      LOG.info(
          "event {} series {} revision {}: {} {} ran in shadow",
          shadow.id(),
          shadow.series(),
          shadow.input().revision(),
          shadow.modelPackage().name(),
          shadow.modelPackage().version());
    }
  }

  private void end(SeriesInput input, SeriesOutcome outcome, Instant time) {
    database.useTransaction(handle -> WorkRows.ended(handle, input, time));
    record(input, outcome, time);
  }

  private void deadLetter(DeadLetter letter) {
    if (letter.event().orElse(null) instanceof SeriesArrived arrived) {
      ReasonCode reason = letter.code();
      var outcome = new SeriesOutcome(SeriesState.Kind.FAILED, reason, letter.reason());
      end(arrived.input(), outcome, clock.instant());
    } else {
      LOG.error(
          "a dead letter of {} partition {} offset {} is no arrival: {}",
          letter.topic(),
          letter.partition(),
          letter.offset(),
          letter.reason());
    }
  }

  private void record(SeriesInput input, SeriesOutcome outcome, Instant time) {
    SeriesInstanceUid series = input.reference().series();
    boolean changed =
        database.inTransaction(handle -> record(handle, series, input.revision(), outcome, time));
    if (changed) {
      LOG.info(
          "series {} revision {} ended {}{}",
          series,
          input.revision(),
          outcome.kind(),
          outcome.reason() == null ? "" : " " + outcome.reason().code());
    }
  }

  /**
   * Writes the outcome, unless a weightier one of the same revision is there, and lets the series
   * follow if this is its last revision and nothing newer came.
   */
  static boolean record(
      Handle handle, SeriesInstanceUid series, int revision, SeriesOutcome outcome, Instant time) {
    String reason = outcome.reason() == null ? null : outcome.reason().code();
    int changed =
        handle.execute(
            "update arrival.series_revision set outcome = ?, outcome_rank = ?, reason = ?,"
                + " explanation = ?, ended = ?"
                + " where series_uid = ? and revision = ?"
                + " and (outcome_rank < ? or ? and outcome = ? and reason <> ?)",
            outcome.kind().name(),
            outcome.rank(),
            reason,
            outcome.explanation(),
            time,
            series.value(),
            revision,
            outcome.rank(),
            outcome.mayChange(),
            outcome.kind().name(),
            reason);
    if (changed > 0) {
      handle.execute(
          "update arrival.series set state = ?, reason = ?"
              + " where series_uid = ? and revision = ? and not pending",
          outcome.kind().name(),
          reason,
          series.value(),
          revision);
    }
    return changed > 0;
  }

  @Override
  public void close() {
    proposals.close();
    deadLetters.close();
  }
}
