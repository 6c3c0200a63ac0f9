package org.firstpass.delivery;

import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.firstpass.dicom.KeyObjectSelection;
import org.firstpass.dicom.KeyObjectWriter;
import org.firstpass.dicom.MeasurementReport;
import org.firstpass.dicom.MeasurementReport.Finding;
import org.firstpass.dicom.MeasurementReport.Predecessor;
import org.firstpass.dicom.MeasurementReport.Reader;
import org.firstpass.dicom.MeasurementReport.ReaderVerdict;
import org.firstpass.dicom.MeasurementReport.Review;
import org.firstpass.dicom.MeasurementReport.Scores;
import org.firstpass.dicom.MeasurementReportWriter;
import org.firstpass.dicom.ParametricMapContent;
import org.firstpass.dicom.ParametricMapWriter;
import org.firstpass.dicom.ReferencedSegmentation;
import org.firstpass.event.SegmentDecision;
import org.firstpass.event.SegmentScore;
import org.firstpass.failure.Defect;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.firstpass.segment.Segment;
import org.firstpass.volume.SegmentMeasurement;
import org.firstpass.volume.SegmentMeasurements;

/** What is written of a result beside its labels: measurements, uncertainty, key objects. */
final class Reports {
  /** A reader looks at a few slices first. */
  private static final int KEY_SLICES = 5;

  private static final String KEY_DESCRIPTION = "The slices of which the model was least sure";

  private Reports() {}

  /**
   * Writes volumes, diameters, scores and verdicts of every segment of the schema.
   *
   * @param segmentation the one that the destination gets
   * @param predecessors the reports that it replaces
   * @throws StudyRefused NO_PATIENT_GEOMETRY if the series has no position in patient space and
   *     nothing was found beside its segments
   */
  static void measurements(
      Material material,
      ReferencedSegmentation segmentation,
      List<Predecessor> predecessors,
      OutputStream out) {
    Result result = material.result();
    boolean inPatient = material.source().patientGeometry();
    if (!inPatient && material.findings().all().isEmpty()) {
      throw new StudyRefused(
          ReasonCode.NO_PATIENT_GEOMETRY,
          "volumes and diameters are measured in patient space, which series "
              + material.source().reference().series()
              + " does not lie in");
    }
    var report =
        new MeasurementReport(
            material.derived(DeliveredUids.report(segmentation.instance(), predecessors)),
            segmentation,
            result.schema(),
            material.algorithm(),
            findings(result, inPatient ? SegmentMeasurements.of(material.labels()) : Map.of()),
            material.findings(),
            result.kind() == Result.Kind.CORRECTION
                ? new Review(true, null, predecessors)
                : Review.NONE);
    MeasurementReportWriter.write(material.source(), report, out);
  }

  private static List<Finding> findings(
      Result result, Map<Integer, SegmentMeasurement> measurements) {
    List<Finding> findings = new ArrayList<>();
    for (Segment segment : result.schema().segments()) {
      int number = segment.number();
      findings.add(
          new Finding(
              number, measurements.get(number), scores(result, number), verdicts(result, number)));
    }
    return findings;
  }

  private static Scores scores(Result result, int segment) {
    for (SegmentScore score : result.scores()) {
      if (score.segmentNumber() == segment) {
        return new Scores(score.uncertainty(), score.agreement(), score.quality());
      }
    }
    return Scores.UNKNOWN;
  }

  private static List<ReaderVerdict> verdicts(Result result, int segment) {
    return result.decisions().stream()
        .filter(decision -> decision.segmentNumber() == segment)
        .map(decision -> verdict(result, decision))
        .toList();
  }

  private static ReaderVerdict verdict(Result result, SegmentDecision decision) {
    var reader = new Reader(result.creator(), result.creator());
    return new ReaderVerdict(decision.verdict(), reader, result.event().time());
  }

  /** Writes where the network was unsure. */
  static void uncertainty(Material material, OutputStream out) {
    byte[] values =
        material.doubt().orElseThrow(() -> lacking(material, "a map of its uncertainty"));
    var content = ParametricMapContent.uncertainty(material.derived("PM"));
    ParametricMapWriter.write(material.source(), values, content, out);
  }

  /** Writes which slices a reader should look at first, and of which Segmentation. */
  static void keyObjects(Material material, ReferencedSegmentation segmentation, OutputStream out) {
    List<Integer> slices =
        KeyObjectSelection.leastSure(material.result().sliceUncertainty(), KEY_SLICES);
    if (slices.isEmpty()) {
      throw lacking(material, "an unsure slice");
    }
    var selection =
        new KeyObjectSelection(
            material.derived("KOS " + segmentation.instance()),
            KEY_DESCRIPTION,
            slices,
            segmentation);
    KeyObjectWriter.write(material.source(), selection, out);
  }

  private static Defect lacking(Material material, String what) {
    return new Defect(
        ReasonCode.OBJECT_NOT_MADE, "result " + material.result().id() + " lacks " + what);
  }
}
