package org.firstpass.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.firstpass.correction.CorrectionDesk;
import org.firstpass.correction.CorrectionMetrics;
import org.firstpass.correction.InconsistentSubmission;
import org.firstpass.correction.Painting;
import org.firstpass.correction.Protocols;
import org.firstpass.correction.SegmentVerdict;
import org.firstpass.correction.Submission;
import org.firstpass.correction.SubmitAnswer;
import org.firstpass.event.CorrectionAccepted;
import org.firstpass.event.EventCodec;
import org.firstpass.event.ProposalMade;
import org.firstpass.event.ProposalNotes;
import org.firstpass.event.RouteTaken;
import org.firstpass.finding.Finding;
import org.firstpass.finding.FindingCodec;
import org.firstpass.finding.ImageFrame;
import org.firstpass.finding.Outline;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.Vector3;
import org.firstpass.postgres.QueueFixture;
import org.firstpass.review.Fence;
import org.firstpass.review.ProposalFixture;
import org.firstpass.review.ReviewTask;
import org.firstpass.segment.CodedConcept;
import org.firstpass.segment.FindingKind;
import org.firstpass.segment.Protocol;
import org.firstpass.segment.RequestedFinding;
import org.firstpass.segment.RequestedFinding.AppliesTo;
import org.firstpass.segment.Verdict;
import org.firstpass.study.SopInstanceUid;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Findings that come with a decision, with a real database and a real store. */
final class FindingSubmissionTest {
  private static final CodedConcept LONG_AXIS = new CodedConcept("103339001", "SCT", "Long axis");
  private static final CodedConcept WORDS = new CodedConcept("121106", "DCM", "Comment");
  private static final Instant AT = Instant.parse("2026-11-29T08:00:00Z");
  private static final List<SegmentVerdict> ALL_RIGHT =
      List.of(new SegmentVerdict(1, Verdict.ACCEPT), new SegmentVerdict(2, Verdict.ACCEPT));
  private static final Protocol PROTOCOL =
      new Protocol(
          "spleen",
          1,
          "",
          List.of(
              new RequestedFinding(
                  LONG_AXIS, FindingKind.LENGTH, AppliesTo.SEGMENT, Set.of(2), List.of(), 1, 1),
              RequestedFinding.optional(WORDS, FindingKind.COMMENT, AppliesTo.IMAGE)));

  @TempDir static Path folder;
  private static QueueFixture fixture;
  private static CaseFixture cases;
  private static StoredCases archive;

  @BeforeAll
  static void open() {
    fixture = new QueueFixture();
    cases = new CaseFixture(folder);
    archive = new StoredCases(cases.store, new CaseMemory(1 << 20));
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

  @Test
  void whatWasFoundIsStoredWithTheImageOnWhichItLiesAndNamedByTheEvent() {
    ReviewTask.Claimed task = claim("fa", "spleen");
    Finding onSlice = length("fa", 2, 2);
    Finding words = new Finding.Comment(heading(9, WORDS, 0), "seen before");
    assertInstanceOf(SubmitAnswer.Accepted.class, submit(task, onSlice, words));
    CorrectionAccepted event = onlyCorrection();
    List<Finding> stored = FindingCodec.decode(cases.store.read(event.findings().digest()));
    var image = new ImageFrame(new SopInstanceUid(CaseFixture.image("fa", 2)), 1);
    assertEquals(List.of(onSlice.on(image), words), stored);
    assertEquals(FindingCodec.MEDIA_TYPE, event.findings().mediaType());
  }

  @Test
  void whatWasDrawnAcrossSlicesLiesOnNoImage() {
    ReviewTask.Claimed task = claim("fb", "spleen");
    submit(task, length("fb", 1, 3));
    List<Finding> stored =
        FindingCodec.decode(cases.store.read(onlyCorrection().findings().digest()));
    assertTrue(stored.get(0).drawn().orElseThrow().frame().isEmpty());
  }

  @Test
  void aRequiredFindingThatIsMissingIsNamedAndNothingIsDecided() {
    ReviewTask.Claimed task = claim("fc", "spleen");
    var refused = assertThrows(InconsistentSubmission.class, () -> submit(task));
    assertEquals("FINDING_MISSING", refused.code());
    assertTrue(refused.getMessage().contains("'Long axis' (length) of Spleen"));
    assertEquals(0, corrections().size());
    assertInstanceOf(SubmitAnswer.Accepted.class, submit(task, length("fc", 2, 2)));
  }

  @Test
  void whereTheRouteNamesNoProtocolNothingIsAskedForAndNothingIsStored() {
    assertInstanceOf(SubmitAnswer.Accepted.class, submit(claim("fd", "unknown here")));
    assertNull(onlyCorrection().findings());
  }

  @Test
  void theSameFindingsAgainAreTheSameDecisionAndOthersAreNot() {
    ReviewTask.Claimed task = claim("fe", "spleen");
    submit(task, length("fe", 2, 2));
    assertInstanceOf(SubmitAnswer.Accepted.class, submit(task, length("fe", 2, 2)));
    assertInstanceOf(SubmitAnswer.AlreadyDecided.class, submit(task, length("fe", 1, 1)));
    assertNotNull(onlyCorrection().findings());
  }

  private static Finding length(String name, int fromSlice, int toSlice) {
    GridGeometry grid = CaseFixture.grid(name);
    Vector3 from = grid.toPatient(1, 1, fromSlice);
    return new Finding.Length(
        heading(1, LONG_AXIS, 2), Outline.of(from, grid.toPatient(4, 3, toSlice)));
  }

  private static Finding.Heading heading(int number, CodedConcept concept, int segment) {
    return new Finding.Heading(new UUID(5, number), concept, segment, "anna", AT);
  }

  private static ReviewTask.Claimed claim(String name, String protocol) {
    ProposalMade proposal = cases.proposal(name);
    var route = new RouteTaken("rule", protocol, 0, null);
    var notes = new ProposalNotes(List.of(), null, List.of(), route, null);
    fixture.intake.accept(ProposalFixture.with(proposal, proposal.scores(), notes));
    return fixture.queue.claimNext("anna").orElseThrow();
  }

  private static SubmitAnswer submit(ReviewTask.Claimed task, Finding... findings) {
    var desk =
        new CorrectionDesk(
            fixture.queue,
            fixture.corrections,
            archive,
            new Protocols(List.of(PROTOCOL)),
            new CorrectionMetrics(new SimpleMeterRegistry()),
            fixture.clock);
    var submission =
        new Submission(
            ALL_RIGHT,
            Set.of(),
            Painting.nothing(),
            proposal -> List.of(findings),
            0,
            Duration.ZERO,
            Optional.empty());
    return desk.submit(task.id(), new Fence("anna", task.lease().transaction()), submission);
  }

  private static CorrectionAccepted onlyCorrection() {
    List<CorrectionAccepted> all = corrections();
    assertEquals(1, all.size(), "corrections in the outbox");
    return all.get(0);
  }

  private static List<CorrectionAccepted> corrections() {
    var codec = new EventCodec();
    return fixture.outbox.next(1_000).stream()
        .map(row -> codec.decode(row.event()))
        .filter(CorrectionAccepted.class::isInstance)
        .map(CorrectionAccepted.class::cast)
        .toList();
  }
}
