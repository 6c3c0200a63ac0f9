package org.firstpass.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.firstpass.calibration.Reliability;
import org.firstpass.dataset.split.Split;
import org.firstpass.event.PackageReference;
import org.firstpass.segment.CodedConcept;
import org.firstpass.segment.LabelSchema;
import org.firstpass.segment.Segment;
import org.firstpass.study.NameBasedUuid;
import org.firstpass.study.PatientKey;
import org.firstpass.study.Sha256;

/** Results of cases by the numbers that they are to have, one patient each. */
public final class MadeCases {
  public static final LabelSchema SCHEMA =
      new LabelSchema("organs", 1, List.of(segment(1, "Liver"), segment(2, "Kidney")));

  private MadeCases() {}

  private static Segment segment(int number, String label) {
    return new Segment(
        number,
        label,
        new CodedConcept("123037004", "SCT", "Anatomical Structure"),
        new CodedConcept("T" + number, "99TEST", label),
        null,
        "#ff0000");
  }

  public static PackageReference model(String version) {
    return new PackageReference("organs", version, Sha256.of(version.getBytes()));
  }

  /** What is known of case number {@code i}. */
  public static EvaluatedCase subject(int i, Split split) {
    var traits = new CaseTraits(i % 2 == 0 ? "Maker One" : "Maker Two", null, null, null);
    UUID correction = NameBasedUuid.of("correction", "" + i);
    return new EvaluatedCase(
        "case-%03d".formatted(i), new PatientKey("patient-" + i), split, traits, correction);
  }

  /** Segment 1 as good as is said, segment 2 right; all stated probabilities are right. */
  public static CaseResult result(EvaluatedCase subject, double dice, double addedPathMm) {
    return result(subject, List.of(measures(1, dice, addedPathMm), measures(2, 0.9, 50)), 0.95);
  }

  /**
   * A case with these segments.
   *
   * @param cameTrue share of what was stated at 0.95
   */
  public static CaseResult result(
      EvaluatedCase subject, List<SegmentMeasures> segments, double cameTrue) {
    List<Reliability.Bin> bins = new ArrayList<>();
    for (int bin = 0; bin < Reliability.BINS - 1; bin++) {
      bins.add(new Reliability.Bin(0, 0, 0));
    }
    bins.add(new Reliability.Bin(1000, 0.95, cameTrue));
    return new CaseResult(
        subject,
        Sha256.of(subject.name().getBytes()),
        Sha256.of(("proposal of " + subject.name()).getBytes()),
        segments,
        new Reliability(bins));
  }

  public static SegmentMeasures measures(int segment, double dice, double addedPathMm) {
    return new SegmentMeasures(
        segment, 1000, 1000, 0.002, dice, dice, 10 * (1 - dice), 1.0, addedPathMm, null, null);
  }

  public static EvaluationReport report(String version, List<CaseResult> cases) {
    return EvaluationReport.of(model(version), SCHEMA, EvaluationSettings.USUAL, cases, Map.of());
  }
}
