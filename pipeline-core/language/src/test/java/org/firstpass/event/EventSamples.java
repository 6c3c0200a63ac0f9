package org.firstpass.event;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.firstpass.failure.ReasonCode;
import org.firstpass.finding.FindingCodec;
import org.firstpass.segment.CodedConcept;
import org.firstpass.segment.LabelSchema;
import org.firstpass.segment.Segment;
import org.firstpass.segment.SegmentAlgorithmType;
import org.firstpass.segment.Verdict;
import org.firstpass.study.PatientKey;
import org.firstpass.study.ProjectName;
import org.firstpass.study.SeriesInstanceUid;
import org.firstpass.study.Sha256;
import org.firstpass.study.StudyInstanceUid;
import org.firstpass.study.StudyReference;
import org.jspecify.annotations.Nullable;

/** One event of every type: with every field set, and as version 1.0 told it. */
final class EventSamples {
  private static final Instant TIME = Instant.parse("2026-11-02T03:04:05.678Z");
  private static final SeriesInput INPUT =
      new SeriesInput(
          new StudyReference(new StudyInstanceUid("1.2.3.4"), new SeriesInstanceUid("1.2.3.4.5")),
          2,
          digest('a'),
          new ObjectReference(digest('b'), 512, SeriesRevisionCodec.MEDIA_TYPE),
          new PatientKey("403dfb79fad477d78468cb560d10674b"));
  private static final UUID RERUN = UUID.fromString("00000000-0000-5000-8000-0000000000a2");
  private static final PackageReference PACKAGE =
      new PackageReference("abdomen", "1.2.0", digest('c'));
  private static final LabelSchema SCHEMA =
      new LabelSchema(
          "kidneys",
          1,
          List.of(
              new Segment(
                  1,
                  "kidney left",
                  new CodedConcept("123037004", "SCT", "Anatomical Structure"),
                  new CodedConcept("64033007", "SCT", "Kidney"),
                  new CodedConcept("7771000", "SCT", "Left"),
                  "#c06040"),
              new Segment(
                  300,
                  "spleen",
                  new CodedConcept("123037004", "SCT", "Anatomical Structure"),
                  new CodedConcept("78961009", "SCT", "Spleen"),
                  null,
                  "#8040c0")));

  private EventSamples() {}

  /** The event with the fields that version 1.0 had. Types that came later had none. */
  static FirstpassEvent ofVersionOne(EventType type) {
    return switch (type) {
      case SERIES_ARRIVED -> new SeriesArrived(id(1), TIME, INPUT, "CT", 120);
      case PROPOSAL_MADE -> made(new SegmentScore(1, 123456, 150.25, 0.125), ProposalNotes.NONE);
      case PROPOSAL_REFUSED ->
          new ProposalRefused(
              id(3), TIME, INPUT, ReasonCode.GANTRY_TILT, "expected no shear, found 5 degrees");
      case CORRECTION_ACCEPTED -> accepted(null, null, null, null);
      case PROPOSAL_FAILED, REVIEW_TASK_CHANGED -> of(type);
      case PROPOSAL_STARTED,
          SHADOW_PROPOSAL_MADE,
          MODEL_STATE_CHANGED,
          FOREIGN_SERIES_FILED,
          RERUN_REQUESTED,
          RERUN_ANSWERED ->
          throw new IllegalArgumentException(type + " came after version 1.0");
    };
  }

  /** An arrival as version 1.1 told it. */
  static FirstpassEvent arrivedAsOfVersionOneOne() {
    return new SeriesArrived(id(1), TIME, INPUT, "CT", 120, "MODALITY_1", List.of(sibling()));
  }

  /** An arrival as version 1.2 told it. */
  static FirstpassEvent arrivedAsOfVersionOneTwo() {
    var project = new ProjectName("liver-screening");
    return new SeriesArrived(
        id(1), TIME, INPUT, "CT", 120, "MODALITY_1", List.of(sibling()), project, null);
  }

  private static ProposalMade made(SegmentScore score, ProposalNotes notes) {
    return new ProposalMade(
        id(2),
        TIME,
        INPUT,
        PACKAGE,
        SCHEMA,
        object('d', "application/dicom"),
        object('e', "application/octet-stream"),
        List.of(score),
        4321,
        notes);
  }

  /** A proposal as version 1.1 told it. */
  static FirstpassEvent madeAsOfVersionOneOne() {
    ProposalNotes full = notes();
    return made(
        score(),
        new ProposalNotes(
            full.findings(),
            full.uncertaintyMap(),
            full.sliceUncertainty(),
            full.route(),
            full.device()));
  }

  private static ProposalNotes notes() {
    var haemorrhage = new CodedConcept("50960005", "SCT", "Haemorrhage");
    var explanation = object('f', "application/vnd.firstpass.route+json");
    return new ProposalNotes(
        List.of(new ImageFinding(haemorrhage, 0.8125, true)),
        object('a', "application/vnd.firstpass.uncertainty-map"),
        List.of(0.125, 0.5),
        new RouteTaken("stroke first", "stroke", 5, explanation),
        "CPU",
        object('b', "application/vnd.firstpass.probability-map"));
  }

  private static SegmentScore score() {
    List<GeometryWarning> warnings =
        List.of(GeometryWarning.VOLUME_LOW, GeometryWarning.TOUCHES_EDGE);
    return new SegmentScore(1, 123456, 150.25, 0.125, 0.9375, 0.78125, warnings);
  }

  private static SiblingSeries sibling() {
    var reference =
        new StudyReference(new StudyInstanceUid("1.2.3.4"), new SeriesInstanceUid("1.2.3.4.6"));
    var manifest = new ObjectReference(digest('d'), 768, SeriesRevisionCodec.MEDIA_TYPE);
    return new SiblingSeries(
        new SeriesInput(reference, 1, digest('c'), manifest, INPUT.patient()), "MR", 40);
  }

  /** The event with every field set. */
  static FirstpassEvent of(EventType type) {
    return switch (type) {
      case SERIES_ARRIVED ->
          new SeriesArrived(
              id(1),
              TIME,
              INPUT,
              "CT",
              120,
              "MODALITY_1",
              List.of(sibling()),
              new ProjectName("liver-screening"),
              "anna");
      case PROPOSAL_MADE -> made(score(), notes());
      case PROPOSAL_REFUSED ->
          new ProposalRefused(
              id(3),
              TIME,
              INPUT,
              ReasonCode.GANTRY_TILT,
              "expected no shear, found 5 degrees",
              object('f', "application/vnd.firstpass.route+json"));
      case PROPOSAL_FAILED ->
          new ProposalFailed(
              id(4), TIME, INPUT, ReasonCode.INFERENCE_FAILED, "the network returned NaN");
      case PROPOSAL_STARTED -> new ProposalStarted(id(8), TIME, INPUT, PACKAGE, "CPU", 12_500L);
      case SHADOW_PROPOSAL_MADE ->
          new ShadowProposalMade(
              id(9),
              TIME,
              INPUT,
              new PackageReference("abdomen", "1.3.0", digest('f')),
              PACKAGE,
              object('e', "application/octet-stream"),
              List.of(new SegmentAgreement(1, 0.9375)),
              4321);
      case RERUN_REQUESTED ->
          new RerunRequested(
              RERUN, TIME, INPUT, id(2), PACKAGE, new RequestedBox(3, 4, 5, 63, 74, 35));
      case RERUN_ANSWERED ->
          new RerunAnswered(
              UUID.fromString("00000000-0000-5000-8000-0000000000a3"),
              TIME,
              INPUT,
              RERUN,
              object('e', "application/octet-stream"),
              ReasonCode.INFERENCE_FAILED,
              "the network returned NaN",
              432);
      case FOREIGN_SERIES_FILED ->
          new ForeignSeriesFiled(
              UUID.fromString("00000000-0000-5000-8000-0000000000a1"),
              TIME,
              INPUT,
              ForeignSeriesFiled.Filing.KEPT,
              ReasonCode.FOREIGN_TO_BE_CONFIRMED,
              "the sender holds no lease on the task",
              id(7));
      case MODEL_STATE_CHANGED ->
          new ModelStateChanged(
              id(0),
              TIME,
              "abdomen",
              "1.3.0",
              ModelState.RETIRED,
              0,
              "lead-1",
              object('d', "application/vnd.firstpass.gate-decision+json"),
              "it misses small kidneys",
              object('c', "application/vnd.firstpass.gate-waiver+json"),
              false);
      case REVIEW_TASK_CHANGED ->
          new ReviewTaskChanged(id(5), TIME, INPUT, id(6), "CLAIMED", "reader-1");
      case CORRECTION_ACCEPTED ->
          accepted(
              new SurfaceChange(37.5, 0.9375, 2, 0.25),
              object('c', FindingCodec.MEDIA_TYPE),
              effort(),
              new CaseSelection("uncertainty-first", CaseSelection.Way.LOT, 0.03125));
    };
  }

  /** A decision as it was told before it was written down how cases are chosen. */
  static CorrectionAccepted acceptedAsOfVersionOneFour() {
    return ((CorrectionAccepted) of(EventType.CORRECTION_ACCEPTED)).with(null);
  }

  /** A decision on a version as it was told before the gate was there. */
  static ModelStateChanged decidedAsOfVersionOneOne() {
    return new ModelStateChanged(
        id(0), TIME, "abdomen", "1.3.0", ModelState.CANARY, 0.25, "engineer-1");
  }

  private static CorrectionAccepted accepted(
      @Nullable SurfaceChange surface,
      @Nullable ObjectReference findings,
      @Nullable ReaderEffort effort,
      @Nullable CaseSelection selection) {
    return new CorrectionAccepted(
        id(7),
        TIME,
        INPUT,
        id(6),
        id(2),
        PACKAGE,
        SCHEMA,
        object('e', "application/octet-stream"),
        object('f', "application/octet-stream"),
        object('d', "application/dicom"),
        List.of(
            new SegmentDecision(
                1, Verdict.MINOR, SegmentAlgorithmType.SEMIAUTOMATIC, 10, 20, 0.96875, surface)),
        "reader-1",
        61234,
        findings,
        effort,
        selection);
  }

  private static ReaderEffort effort() {
    return new ReaderEffort(
        3,
        2,
        1,
        21_000,
        312.5,
        List.of(new ReaderEffort.OfTool("brush", 3, 21_000)),
        List.of(new ReaderEffort.OfSegment(1, 3, 21_000, 312.5)));
  }

  private static Sha256 digest(char digit) {
    return new Sha256(String.valueOf(digit).repeat(64));
  }

  private static ObjectReference object(char digit, String mediaType) {
    return new ObjectReference(digest(digit), 2048, mediaType);
  }

  private static UUID id(int number) {
    return UUID.fromString("00000000-0000-5000-8000-00000000000" + number);
  }
}
