package org.firstpass.evaluation;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.firstpass.dataset.split.Split;
import org.firstpass.event.PackageReference;
import org.firstpass.segment.LabelSchema;
import org.firstpass.segment.Segment;
import org.firstpass.study.PatientKey;

/**
 * How good a version of a package is on held-out cases. It has no time of its own: the same cases,
 * package and settings give the same report.
 *
 * @param schema whose segments were measured
 * @param cases sorted by name
 * @param leftOut why cases were not measured, by name
 * @param groups all cases first
 * @param worst the worst first
 */
public record EvaluationReport(
    int formatVersion,
    PackageReference modelPackage,
    LabelSchema schema,
    EvaluationSettings settings,
    List<CaseResult> cases,
    Map<String, String> leftOut,
    List<GroupSummary> groups,
    List<WorstCase> worst) {
  /** The version that this build writes. */
  public static final int FORMAT_VERSION = 1;

  private static final int MOST_WORST = 20;

  public EvaluationReport {
    cases = cases.stream().sorted(Comparator.comparing(each -> each.subject().name())).toList();
    leftOut = Map.copyOf(leftOut);
    groups = List.copyOf(groups);
    worst = List.copyOf(worst);
    requireDistinctNames(cases);
    requireOneSidePerPatient(cases);
  }

  /**
   * Sums up what was measured.
   *
   * @throws IllegalArgumentException if two cases have one name, or a patient is on two sides
   */
  public static EvaluationReport of(
      PackageReference model,
      LabelSchema schema,
      EvaluationSettings settings,
      List<CaseResult> cases,
      Map<String, String> leftOut) {
    List<CaseResult> byName =
        cases.stream().sorted(Comparator.comparing(each -> each.subject().name())).toList();
    List<Integer> segments = schema.segments().stream().map(Segment::number).sorted().toList();
    return new EvaluationReport(
        FORMAT_VERSION,
        model,
        schema,
        settings,
        byName,
        leftOut,
        GroupSummary.ofEach(segments, byName, settings.bootstrap()),
        WorstCase.of(byName, MOST_WORST));
  }

  private static void requireDistinctNames(List<CaseResult> cases) {
    var names = new HashSet<String>();
    for (CaseResult each : cases) {
      if (!names.add(each.subject().name())) {
        throw new IllegalArgumentException("two cases have the name " + each.subject().name());
      }
    }
  }

  private static void requireOneSidePerPatient(List<CaseResult> cases) {
    var sides = new HashMap<PatientKey, Split>();
    for (CaseResult each : cases) {
      EvaluatedCase subject = each.subject();
      Split before = sides.putIfAbsent(subject.patient(), subject.split());
      if (before != null && before != subject.split()) {
        throw new IllegalArgumentException(
            "the patient of case %s is in %s, but was in %s before"
                .formatted(subject.name(), subject.split(), before));
      }
    }
  }

  /** All cases together. */
  public GroupSummary all() {
    return groups.get(0);
  }
}
