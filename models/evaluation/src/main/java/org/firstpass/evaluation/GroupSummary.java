package org.firstpass.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.firstpass.calibration.Reliability;
import org.firstpass.evaluation.Bootstrap.Observation;
import org.jspecify.annotations.Nullable;

/**
 * Several cases together: all of them, or those of one scanner, sex, age band or site.
 *
 * @param trait null if all cases are in it
 * @param value of the trait; empty if all cases are in it
 * @param segments by segment number
 * @param calibrationError the expected calibration error of the probabilities of voxels; null if
 *     none were looked at
 */
public record GroupSummary(
    @Nullable Trait trait,
    String value,
    int cases,
    int patients,
    List<SegmentSummary> segments,
    @Nullable Estimate calibrationError) {
  /** Of cases of which it is not known. */
  static final String UNKNOWN = "not known";

  public GroupSummary {
    segments = List.copyOf(segments);
  }

  /** All cases, then every value of every trait that is known of at least one case. */
  static List<GroupSummary> ofEach(
      List<Integer> segments, List<CaseResult> cases, Bootstrap bootstrap) {
    List<GroupSummary> groups = new ArrayList<>();
    groups.add(of(null, "", segments, cases, bootstrap));
    for (Trait trait : Trait.values()) {
      SortedMap<String, List<CaseResult>> byValue = byValue(trait, cases);
      if (!byValue.keySet().equals(Set.of(UNKNOWN))) {
        byValue.forEach((value, some) -> groups.add(of(trait, value, segments, some, bootstrap)));
      }
    }
    return groups;
  }

  /** Cases by the value of a trait. */
  static SortedMap<String, List<CaseResult>> byValue(Trait trait, List<CaseResult> cases) {
    SortedMap<String, List<CaseResult>> byValue = new TreeMap<>();
    for (CaseResult each : cases) {
      String value = each.subject().traits().of(trait).orElse(UNKNOWN);
      byValue.computeIfAbsent(value, any -> new ArrayList<>()).add(each);
    }
    return byValue;
  }

  private static GroupSummary of(
      @Nullable Trait trait,
      String value,
      List<Integer> segments,
      List<CaseResult> cases,
      Bootstrap bootstrap) {
    long patients = cases.stream().map(each -> each.subject().patient()).distinct().count();
    return new GroupSummary(
        trait,
        value,
        cases.size(),
        (int) patients,
        segments.stream().map(each -> SegmentSummary.of(each, cases, bootstrap)).toList(),
        calibrationError(cases, bootstrap).orElse(null));
  }

  private static Optional<Estimate> calibrationError(List<CaseResult> cases, Bootstrap bootstrap) {
    List<Observation<Reliability>> stated =
        cases.stream()
            .filter(each -> each.voxels().count() > 0)
            .map(each -> new Observation<>(each.subject().patient(), each.voxels()))
            .toList();
    return bootstrap.of(
        stated, several -> Reliability.together(several).expectedCalibrationError());
  }

  public Optional<SegmentSummary> segment(int number) {
    return segments.stream().filter(each -> each.segmentNumber() == number).findFirst();
  }

  /** In a sentence: "all cases", "Scanner Maker Model". */
  public String title() {
    return trait == null ? "all cases" : trait.title() + " " + value;
  }
}
