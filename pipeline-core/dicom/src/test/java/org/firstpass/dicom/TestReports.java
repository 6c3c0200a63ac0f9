package org.firstpass.dicom;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.firstpass.dicom.MeasurementReport.Finding;
import org.firstpass.dicom.MeasurementReport.Predecessor;
import org.firstpass.dicom.MeasurementReport.Reader;
import org.firstpass.dicom.MeasurementReport.ReaderVerdict;
import org.firstpass.dicom.MeasurementReport.Review;
import org.firstpass.dicom.MeasurementReport.Scores;
import org.firstpass.dicom.MeasurementReport.Verification;
import org.firstpass.segment.Segment;
import org.firstpass.segment.Verdict;
import org.firstpass.study.SeriesInstanceUid;
import org.firstpass.study.SopClassUid;
import org.firstpass.study.SopInstanceUid;
import org.firstpass.volume.LabelMap;
import org.firstpass.volume.SegmentMeasurement;
import org.firstpass.volume.SegmentMeasurements;

/** Documents and maps of the segmentation that {@link TestSegments} makes. */
final class TestReports {
  static final Instant CREATED = Instant.parse("2026-11-23T10:11:13Z");
  static final Reader FIRST = new Reader("Reader^Erste", "erste");
  static final Reader SECOND = new Reader("Löwe^Zweiter", "zweiter");
  static final ReferencedSegmentation SEGMENTATION =
      new ReferencedSegmentation(
          new SopInstanceUid("2.25.777"),
          new SeriesInstanceUid("2.25.778"),
          new SopClassUid(SopClasses.SEGMENTATION));
  static final ReferencedSegmentation LABEL_MAP_SEGMENTATION =
      new ReferencedSegmentation(
          new SopInstanceUid("2.25.777"),
          new SeriesInstanceUid("2.25.778"),
          new SopClassUid(SopClasses.LABEL_MAP_SEGMENTATION));
  static final Review REVIEWED =
      new Review(
          true,
          new Verification(SECOND, "General Hospital", Instant.parse("2026-11-23T12:00:00Z")),
          List.of(
              new Predecessor(new SopInstanceUid("2.25.900"), new SeriesInstanceUid("2.25.901"))));

  private TestReports() {}

  static DerivedIdentity identity(int number) {
    return new DerivedIdentity(
        new SopInstanceUid("2.25." + number),
        new SeriesInstanceUid("2.25." + (number + 1)),
        CREATED);
  }

  /** The proposal's report: measured and scored, read by nobody. */
  static MeasurementReport proposal(LabelMap labels) {
    return report(labels, SEGMENTATION, Review.NONE, List.of());
  }

  /** The report of a review: the left kidney was accepted by one and corrected by another. */
  static MeasurementReport reviewed(LabelMap labels) {
    return report(
        labels,
        SEGMENTATION,
        REVIEWED,
        List.of(
            new ReaderVerdict(Verdict.ACCEPT, FIRST, Instant.parse("2026-11-23T11:00:00Z")),
            new ReaderVerdict(Verdict.MAJOR, SECOND, Instant.parse("2026-11-23T11:30:00Z"))));
  }

  static MeasurementReport report(
      LabelMap labels,
      ReferencedSegmentation segmentation,
      Review review,
      List<ReaderVerdict> verdicts) {
    SortedMap<Integer, SegmentMeasurement> measured = SegmentMeasurements.of(labels);
    List<Finding> findings = new ArrayList<>();
    for (Segment segment : TestSegments.SCHEMA.segments()) {
      findings.add(
          new Finding(
              segment.number(),
              measured.get(segment.number()),
              segment.number() == 7 ? new Scores(0.125, 0.9, 0.75) : Scores.UNKNOWN,
              segment.number() == 7 ? verdicts : List.of()));
    }
    return new MeasurementReport(
        identity(800),
        segmentation,
        TestSegments.SCHEMA,
        TestSegments.content().algorithm(),
        findings,
        ReaderFindings.NONE,
        review);
  }

  static byte[] write(SourceSeries source, MeasurementReport report) {
    var out = new ByteArrayOutputStream();
    MeasurementReportWriter.write(source, report, out);
    return out.toByteArray();
  }

  static byte[] write(SourceSeries source, KeyObjectSelection selection) {
    var out = new ByteArrayOutputStream();
    KeyObjectWriter.write(source, selection, out);
    return out.toByteArray();
  }

  /** A map whose value is different from voxel to voxel. */
  static byte[] writeMap(SourceSeries source) {
    byte[] values = new byte[source.geometry().size().voxels()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (byte) (i * 7);
    }
    var out = new ByteArrayOutputStream();
    ParametricMapWriter.write(source, values, ParametricMapContent.uncertainty(identity(820)), out);
    return out.toByteArray();
  }

  static KeyObjectSelection selection(List<Integer> slices) {
    return new KeyObjectSelection(
        identity(810), "For review: the network was least sure here", slices, SEGMENTATION);
  }

  /** What DCMTK warns of, but for what it says of every document in this character set. */
  static List<String> warnings(DebianTool.Result result) {
    return result.linesStartingWith("W: ").stream()
        .filter(line -> !line.contains("does not support this Specific Character Set"))
        .filter(line -> !line.contains("template constraints not yet supported"))
        .toList();
  }
}
