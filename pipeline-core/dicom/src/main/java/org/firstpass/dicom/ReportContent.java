package org.firstpass.dicom;

import static org.firstpass.dicom.ContentItem.Relation.CONCEPT_MODIFIER;
import static org.firstpass.dicom.ContentItem.Relation.CONTAINS;
import static org.firstpass.dicom.ContentItem.Relation.OBSERVATION_CONTEXT;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.firstpass.dicom.MeasurementReport.Finding;
import org.firstpass.dicom.MeasurementReport.Reader;
import org.firstpass.dicom.MeasurementReport.ReaderVerdict;
import org.firstpass.dicom.MeasurementReport.Scores;
import org.firstpass.segment.CodedConcept;
import org.firstpass.segment.Segment;
import org.firstpass.study.DicomUid;
import org.firstpass.study.NameBasedUuid;
import org.firstpass.study.SeriesInstanceUid;
import org.firstpass.volume.SegmentMeasurement;
import org.jspecify.annotations.Nullable;

/**
 * The content tree of a measurement report: one measurement group for each segment.
 *
 * @see "PS3.16 TID 1500, 1411, 1419, 4019"
 */
final class ReportContent {
  private static final String LEFT = "7771000";
  private static final String RIGHT = "24028007";

  /** Lengths and scores to the thousandth: finer than any voxel. */
  private static final double DIGITS = 1000;

  private final MeasurementReport report;
  private final SeriesInstanceUid source;
  private final boolean hasVolumes;
  private final Instants instants;
  private final MarkContent marks;

  ReportContent(MeasurementReport report, SourceSeries source, Instants instants) {
    this.report = report;
    this.source = source.reference().series();
    // The plane of an image alone has no volumes and no diameters of what lies in it.
    this.hasVolumes = source.patientGeometry();
    this.instants = instants;
    this.marks = new MarkContent(report.schema(), source, instants);
  }

  /** Writes a moment as DT. */
  @FunctionalInterface
  interface Instants {
    String format(Instant moment);
  }

  ContentItem root(String modality) {
    ContentItem groups = CONTAINS.container(ReportConcepts.IMAGING_MEASUREMENTS);
    for (Finding finding : report.findings()) {
      groups.with(group(finding));
    }
    groups.with(marks.groups(report.beside().all()));
    return ContentItem.root(ReportConcepts.MEASUREMENT_REPORT, "1500")
        .with(CONCEPT_MODIFIER.code(ReportConcepts.LANGUAGE, ReportConcepts.ENGLISH))
        .with(observers())
        .with(
            CONCEPT_MODIFIER.code(
                ReportConcepts.PROCEDURE_REPORTED, ReportConcepts.procedure(modality)))
        .with(groups)
        .with(evaluations());
  }

  /** What was said of the whole image. */
  private List<ContentItem> evaluations() {
    List<ContentItem> said = marks.said(report.beside().all(), 0);
    return said.isEmpty()
        ? List.of()
        : List.of(CONTAINS.container(ReportConcepts.QUALITATIVE_EVALUATIONS).with(said));
  }

  private List<ContentItem> observers() {
    List<ContentItem> items = new ArrayList<>(device());
    report.readers().forEach(reader -> items.addAll(person(reader)));
    return items;
  }

  /** The device observer, for documents of every kind. */
  static List<ContentItem> device() {
    return List.of(
        OBSERVATION_CONTEXT.code(ReportConcepts.OBSERVER_TYPE, ReportConcepts.DEVICE),
        OBSERVATION_CONTEXT.uid(
            ReportConcepts.DEVICE_UID, DicomUid.of(NameBasedUuid.of("device observer"))),
        OBSERVATION_CONTEXT.text(ReportConcepts.DEVICE_NAME, OwnEquipment.MODEL_NAME),
        OBSERVATION_CONTEXT.text(ReportConcepts.DEVICE_MANUFACTURER, OwnEquipment.MANUFACTURER),
        OBSERVATION_CONTEXT.text(ReportConcepts.DEVICE_MODEL, OwnEquipment.MODEL_NAME));
  }

  static List<ContentItem> person(Reader reader) {
    return List.of(
        OBSERVATION_CONTEXT.code(ReportConcepts.OBSERVER_TYPE, ReportConcepts.PERSON),
        OBSERVATION_CONTEXT.person(ReportConcepts.PERSON_NAME, reader.name()),
        OBSERVATION_CONTEXT.text(ReportConcepts.PERSON_LOGIN, reader.login()));
  }

  private ContentItem group(Finding finding) {
    Segment segment = report.schema().segment(finding.segmentNumber()).orElseThrow();
    int number =
        report.segmentation().segmentNumber(report.schema(), finding.segmentNumber()).orElseThrow();
    ContentItem group =
        CONTAINS
            .container(ReportConcepts.MEASUREMENT_GROUP)
            .ofTemplate("1411")
            .with(OBSERVATION_CONTEXT.text(ReportConcepts.TRACKING_IDENTIFIER, segment.label()))
            .with(OBSERVATION_CONTEXT.uid(ReportConcepts.TRACKING_UID, tracking(segment)))
            .with(CONTAINS.code(ReportConcepts.FINDING_CATEGORY, Concept.of(segment.category())))
            .with(CONTAINS.code(ReportConcepts.FINDING, Concept.of(segment.type())))
            .with(
                CONTAINS
                    .image(report.segmentation().sopClass(), report.segmentation().instance())
                    .named(ReportConcepts.REFERENCED_SEGMENT)
                    .ofSegment(number))
            .with(CONTAINS.uid(ReportConcepts.SOURCE_SERIES, source.value()))
            .with(site(segment))
            .with(algorithm());
    if (hasVolumes) {
      group.with(finding.measured().map(ReportContent::sizes).orElseGet(ReportContent::nothing));
    }
    return group
        .with(scores(finding.scores()))
        .with(verdicts(finding.verdicts()))
        .with(marks.said(report.beside().all(), finding.segmentNumber()));
  }

  private String tracking(Segment segment) {
    return TrackingUid.of(source, report.schema(), segment);
  }

  /** Where it is, if the segment is a part of the body and not something found in one. */
  private static List<ContentItem> site(Segment segment) {
    if (!PropertyCategory.isAnatomy(segment.category())) {
      return List.of();
    }
    ContentItem site =
        CONCEPT_MODIFIER.code(ReportConcepts.FINDING_SITE, Concept.of(segment.type()));
    segment
        .modifier()
        .filter(ReportContent::isSide)
        .ifPresent(
            side -> site.with(CONCEPT_MODIFIER.code(ReportConcepts.LATERALITY, Concept.of(side))));
    return List.of(site);
  }

  private static boolean isSide(CodedConcept modifier) {
    return modifier.value().equals(LEFT) || modifier.value().equals(RIGHT);
  }

  private List<ContentItem> algorithm() {
    AlgorithmIdentification algorithm = report.algorithm();
    List<ContentItem> items = new ArrayList<>();
    items.add(CONCEPT_MODIFIER.text(ReportConcepts.ALGORITHM_NAME, algorithm.name()));
    items.add(CONCEPT_MODIFIER.text(ReportConcepts.ALGORITHM_VERSION, algorithm.version()));
    if (!algorithm.parameters().isBlank()) {
      items.add(CONCEPT_MODIFIER.text(ReportConcepts.ALGORITHM_PARAMETERS, algorithm.parameters()));
    }
    items.add(
        CONCEPT_MODIFIER.code(
            ReportConcepts.ALGORITHM_FAMILY, ReportConcepts.ARTIFICIAL_INTELLIGENCE));
    return items;
  }

  private static List<ContentItem> sizes(SegmentMeasurement size) {
    return List.of(
        CONTAINS.number(
            ReportConcepts.VOLUME, round(size.volumeMm3()), ReportConcepts.CUBIC_MILLIMETRE),
        length(ReportConcepts.LONG_AXIS, size.longestInPlaneMm()),
        length(ReportConcepts.SHORT_AXIS, size.perpendicularMm()),
        length(ReportConcepts.LONGEST_DIAMETER, size.longestMm()));
  }

  private static List<ContentItem> nothing() {
    return List.of(CONTAINS.number(ReportConcepts.VOLUME, 0, ReportConcepts.CUBIC_MILLIMETRE));
  }

  private static ContentItem length(Concept name, double millimetres) {
    return CONTAINS.number(name, round(millimetres), ReportConcepts.MILLIMETRE);
  }

  private static List<ContentItem> scores(Scores scores) {
    List<ContentItem> items = new ArrayList<>();
    addScore(items, ReportConcepts.UNCERTAINTY, scores.uncertainty());
    addScore(items, ReportConcepts.AGREEMENT, scores.agreement());
    addScore(items, ReportConcepts.QUALITY, scores.quality());
    return items;
  }

  private static void addScore(List<ContentItem> items, Concept name, @Nullable Double score) {
    if (score != null) {
      items.add(CONTAINS.number(name, round(score), ReportConcepts.NO_UNIT));
    }
  }

  private List<ContentItem> verdicts(List<ReaderVerdict> verdicts) {
    return verdicts.stream()
        .map(
            verdict ->
                CONTAINS
                    .code(ReportConcepts.VERDICT, ReportConcepts.of(verdict.verdict()))
                    .with(person(verdict.reader()))
                    .with(
                        OBSERVATION_CONTEXT.dateTime(
                            ReportConcepts.VERDICT_TIME, instants.format(verdict.given()))))
        .toList();
  }

  private static double round(double value) {
    return Math.rint(value * DIGITS) / DIGITS;
  }
}
