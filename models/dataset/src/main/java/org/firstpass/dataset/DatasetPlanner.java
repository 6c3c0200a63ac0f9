package org.firstpass.dataset;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.firstpass.dataset.ExportRefused.Reason;
import org.firstpass.dataset.split.Split;
import org.firstpass.dataset.split.SplitLedger;
import org.firstpass.dataset.split.SplitRule;
import org.firstpass.event.CorrectionAccepted;
import org.firstpass.event.SegmentDecision;
import org.firstpass.failure.StudyRefused;
import org.firstpass.segment.LabelSchema;
import org.firstpass.segment.Segment;
import org.firstpass.segment.Verdict;
import org.firstpass.study.PatientKey;

/** Decides which corrections become cases, under which name and on which side. */
final class DatasetPlanner {
  private static final String NAME_PREFIX = "case_";
  private static final int NAME_DIGITS = 12;

  private final CaseReader reader;
  private final SplitLedger ledger;
  private final SplitRule rule;

  DatasetPlanner(CaseReader reader, SplitLedger ledger, SplitRule rule) {
    this.reader = reader;
    this.ledger = ledger;
    this.rule = rule;
  }

  DatasetPlan plan(DatasetRequest request, AcceptedCorrections accepted) {
    SchemaChoice choice = accepted.choose(request.chosenSchema());
    var leftOut = new ArrayList<LeftOutCase>();
    Map<String, List<CorrectionAccepted>> byModality = byModality(accepted.of(choice), leftOut);
    String modality = choose(request, byModality.keySet(), leftOut);
    var usable = new ArrayList<CorrectionAccepted>();
    boolean ignore = false;
    for (CorrectionAccepted correction : byModality.getOrDefault(modality, List.of())) {
      List<Segment> unknown = notAssessed(correction);
      if (!unknown.isEmpty() && request.notAssessable() == NotAssessableRule.LEAVE_OUT) {
        leftOut.add(notAssessable(correction, unknown));
      } else {
        ignore |= !unknown.isEmpty();
        usable.add(correction);
      }
    }
    if (usable.isEmpty()) {
      throw new ExportRefused(
          Reason.NO_CASES,
          "all "
              + leftOut.size()
              + " corrected series of schema "
              + choice
              + " are left out, the"
              + " first because: "
              + leftOut.get(0).explanation());
    }
    LabelSchema schema = usable.get(0).schema();
    var dataset =
        new DatasetDescription(
            request.format(),
            request.number(),
            request.nameFor(choice),
            modality,
            request.notAssessable(),
            ignore ? new LabelTable(schema).ignoreValue() : null);
    return new DatasetPlan(dataset, schema, cases(usable), leftOut);
  }

  private Map<String, List<CorrectionAccepted>> byModality(
      List<CorrectionAccepted> corrections, List<LeftOutCase> leftOut) {
    var byModality = new TreeMap<String, List<CorrectionAccepted>>();
    for (CorrectionAccepted correction : corrections) {
      try {
        String modality = reader.modality(correction.input());
        byModality.computeIfAbsent(modality, key -> new ArrayList<>()).add(correction);
      } catch (StudyRefused e) {
        leftOut.add(refused(correction, e));
      }
    }
    return byModality;
  }

  private static String choose(
      DatasetRequest request, Set<String> modalities, List<LeftOutCase> leftOut) {
    String asked = request.chosenModality().orElse(null);
    if (modalities.isEmpty() && leftOut.isEmpty()) {
      throw new ExportRefused(Reason.NO_CASES, "no correction fits what was asked");
    }
    if (modalities.isEmpty()) {
      throw new ExportRefused(
          Reason.NO_CASES,
          "none of the "
              + leftOut.size()
              + " corrected series can be read, the first because: "
              + leftOut.get(0).explanation());
    }
    if (asked == null ? modalities.size() > 1 : !modalities.contains(asked)) {
      throw new ExportRefused(
          Reason.CHOOSE_MODALITY,
          "a data set has one modality, because trainers normalise by it; choose one of "
              + modalities);
    }
    return asked == null ? modalities.iterator().next() : asked;
  }

  private List<PlannedCase> cases(List<CorrectionAccepted> corrections) {
    Set<PatientKey> patients =
        corrections.stream().map(c -> c.input().patient()).collect(Collectors.toSet());
    Map<PatientKey, Split> splits = ledger.decide(patients, rule);
    var cases = new ArrayList<PlannedCase>();
    for (CorrectionAccepted correction : corrections) {
      cases.add(
          new PlannedCase(
              nameOf(correction),
              Objects.requireNonNull(splits.get(correction.input().patient())),
              correction,
              !notAssessed(correction).isEmpty()));
    }
    return cases;
  }

  static String nameOf(CorrectionAccepted correction) {
    return NAME_PREFIX + correction.input().revisionHash().hex().substring(0, NAME_DIGITS);
  }

  // A segment without a decision was judged by nobody, which is no more than not assessable.
  private static List<Segment> notAssessed(CorrectionAccepted correction) {
    Set<Integer> assessed =
        correction.decisions().stream()
            .filter(decision -> decision.verdict() != Verdict.NOT_ASSESSABLE)
            .map(SegmentDecision::segmentNumber)
            .collect(Collectors.toCollection(TreeSet::new));
    return correction.schema().segments().stream()
        .filter(segment -> !assessed.contains(segment.number()))
        .toList();
  }

  private static LeftOutCase notAssessable(CorrectionAccepted correction, List<Segment> unknown) {
    List<String> labels = unknown.stream().map(Segment::label).toList();
    return leftOut(
        correction, LeftOutCase.Reason.NOT_ASSESSABLE, "not assessable or not decided: " + labels);
  }

  static LeftOutCase refused(CorrectionAccepted correction, StudyRefused refusal) {
    return leftOut(
        correction,
        LeftOutCase.Reason.SERIES_REFUSED,
        refusal.code().code() + " " + refusal.getMessage());
  }

  static LeftOutCase leftOut(
      CorrectionAccepted correction, LeftOutCase.Reason reason, String explanation) {
    return new LeftOutCase(
        nameOf(correction), correction.series(), correction.id(), reason, explanation);
  }
}
