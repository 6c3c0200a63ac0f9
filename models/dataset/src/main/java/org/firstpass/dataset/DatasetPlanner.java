package org.firstpass.dataset;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.firstpass.dataset.ExportRefused.Reason;
import org.firstpass.event.CorrectionAccepted;
import org.firstpass.event.SegmentDecision;
import org.firstpass.failure.StudyRefused;
import org.firstpass.segment.LabelSchema;
import org.firstpass.segment.Segment;
import org.firstpass.segment.Verdict;

/** Decides which corrections become cases, and under which name. */
final class DatasetPlanner {
  private static final String NAME_PREFIX = "case_";
  private static final int NAME_DIGITS = 12;

  private final CaseReader reader;

  DatasetPlanner(CaseReader reader) {
    this.reader = reader;
  }

  DatasetPlan plan(DatasetRequest request, AcceptedCorrections accepted) {
    SchemaChoice choice = accepted.choose(request.chosenSchema());
    var leftOut = new ArrayList<LeftOutCase>();
    Map<String, List<ReadSeries>> byModality = byModality(accepted.of(choice), leftOut);
    String modality = choose(request, byModality.keySet(), leftOut);
    List<PlannedCase> usable =
        usable(request, byModality.getOrDefault(modality, List.of()), leftOut);
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
    LabelSchema schema = usable.get(0).series().counted().schema();
    boolean ignore = usable.stream().anyMatch(PlannedCase::backgroundUnknown);
    var dataset =
        new DatasetDescription(
            request.format(),
            request.number(),
            request.nameFor(choice),
            modality,
            request.notAssessable(),
            ignore ? new LabelTable(schema).ignoreValue() : null,
            request.selection());
    return new DatasetPlan(dataset, schema, usable, leftOut);
  }

  private static List<PlannedCase> usable(
      DatasetRequest request, List<ReadSeries> all, List<LeftOutCase> leftOut) {
    var usable = new ArrayList<PlannedCase>();
    for (ReadSeries series : all) {
      CorrectionAccepted correction = series.counted();
      List<Segment> unknown = notAssessed(correction);
      if (!unknown.isEmpty() && request.notAssessable() == NotAssessableRule.LEAVE_OUT) {
        leftOut.add(notAssessable(correction, unknown));
      } else if (series.readers() < request.selection().minReaders()) {
        leftOut.add(
            leftOut(correction, LeftOutCase.Reason.TOO_FEW_READERS, series.readers() + " read it"));
      } else {
        usable.add(new PlannedCase(nameOf(correction), series, !unknown.isEmpty()));
      }
    }
    return usable;
  }

  private Map<String, List<ReadSeries>> byModality(
      List<ReadSeries> all, List<LeftOutCase> leftOut) {
    var byModality = new TreeMap<String, List<ReadSeries>>();
    for (ReadSeries series : all) {
      try {
        String modality = reader.modality(series.counted().input());
        byModality.computeIfAbsent(modality, key -> new ArrayList<>()).add(series);
      } catch (StudyRefused e) {
        leftOut.add(refused(series.counted(), e));
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
