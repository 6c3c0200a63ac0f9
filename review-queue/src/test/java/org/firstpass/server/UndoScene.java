package org.firstpass.server;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.firstpass.correction.CorrectionDesk;
import org.firstpass.correction.CorrectionMetrics;
import org.firstpass.correction.Painting;
import org.firstpass.correction.SegmentVerdict;
import org.firstpass.correction.Submission;
import org.firstpass.correction.SubmitAnswer;
import org.firstpass.event.CorrectionAccepted;
import org.firstpass.event.EventCodec;
import org.firstpass.event.Outbox;
import org.firstpass.event.ReviewTaskChanged;
import org.firstpass.postgres.JournalRows;
import org.firstpass.postgres.QueueFixture;
import org.firstpass.review.Fence;
import org.firstpass.review.ReviewState;
import org.firstpass.review.ReviewTask;
import org.firstpass.review.TaskAnswer;
import org.firstpass.segment.Verdict;
import org.firstpass.ups.UpsState;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A queue, a store and a journal in which submissions may be undone. */
abstract class UndoScene {
  static final Duration GRACE = Duration.ofSeconds(10);
  static final List<SegmentVerdict> ALL_RIGHT =
      List.of(new SegmentVerdict(1, Verdict.ACCEPT), new SegmentVerdict(2, Verdict.ACCEPT));

  @TempDir static Path folder;
  static QueueFixture fixture;
  static CaseFixture cases;
  static StoredCases archive;
  static JournalRows journal;

  @BeforeAll
  static void open() {
    fixture = new QueueFixture();
    cases = new CaseFixture(folder);
    archive = new StoredCases(cases.store, new CaseMemory(1 << 20));
    journal = new JournalRows(fixture.database, fixture.clock);
  }

  @BeforeEach
  void clear() {
    fixture.clear();
  }

  @AfterAll
  static void close() {
    archive.close();
    fixture.close();
  }

  static ReviewTask.Claimed claimNew() {
    return claim("undo");
  }

  static ReviewTask.Claimed claim(String name) {
    fixture.intake.accept(cases.proposal(name));
    return fixture.queue.claimNext("anna").orElseThrow();
  }

  static SubmitAnswer submit(ReviewTask.Claimed task) {
    return submit(task, new Submission(ALL_RIGHT, Set.of(), Painting.nothing(), 0, GRACE));
  }

  static SubmitAnswer submit(ReviewTask.Claimed task, Submission submission) {
    var desk =
        new CorrectionDesk(
            fixture.queue,
            fixture.corrections,
            archive,
            new CorrectionMetrics(new SimpleMeterRegistry()),
            fixture.clock);
    return desk.submit(task.id(), fence(task), submission);
  }

  static SubmitAnswer.Accepted accepted(SubmitAnswer answer) {
    return assertInstanceOf(SubmitAnswer.Accepted.class, answer);
  }

  static ReviewTask.Claimed undone(TaskAnswer answer) {
    return assertInstanceOf(
        ReviewTask.Claimed.class, assertInstanceOf(TaskAnswer.Done.class, answer).task());
  }

  static Fence fence(ReviewTask.Claimed task) {
    return new Fence("anna", task.lease().transaction());
  }

  static ReviewState state(ReviewTask task) {
    return fixture.queue.find(task.id()).orElseThrow().task().state();
  }

  static UpsState ups(ReviewTask task) {
    return UpsState.of(fixture.queue.find(task.id()).orElseThrow().task(), fixture.clock.instant());
  }

  static List<String> kinds() {
    return fixture.database.inTransaction(
        handle ->
            handle
                .createQuery("select kind from review.revision order by number")
                .mapTo(String.class)
                .list());
  }

  static List<String> told() {
    return events(ReviewTaskChanged.class).stream().map(ReviewTaskChanged::state).toList();
  }

  static List<CorrectionAccepted> corrections() {
    return events(CorrectionAccepted.class);
  }

  static <T> List<T> events(Class<T> type) {
    var codec = new EventCodec();
    return fixture.outbox.next(1_000).stream()
        .map(Outbox.Row::event)
        .map(codec::decode)
        .filter(type::isInstance)
        .map(type::cast)
        .toList();
  }
}
