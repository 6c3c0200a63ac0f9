package org.firstpass.gate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.firstpass.evaluation.CaseResult;
import org.firstpass.evaluation.EvaluationReport;
import org.firstpass.gate.Objection.Code;
import org.firstpass.segment.Segment;

/** What is wrong with deciding by two reports. */
final class Comparability {
  private static final int MOST_NAMED = 5;

  private final GateRules rules;
  private final EvaluationReport candidate;
  private final EvaluationReport served;
  private final List<Objection> objections = new ArrayList<>();

  private Comparability(GateRules rules, EvaluationReport candidate, EvaluationReport served) {
    this.rules = rules;
    this.candidate = candidate;
    this.served = served;
  }

  /** Empty if they can be used. */
  static List<Objection> objections(
      GateRules rules, EvaluationReport candidate, EvaluationReport served) {
    var comparability = new Comparability(rules, candidate, served);
    comparability.packages();
    comparability.sides(candidate);
    comparability.sides(served);
    comparability.cases();
    return comparability.objections.stream().distinct().toList();
  }

  private void packages() {
    if (candidate.modelPackage().digest().equals(served.modelPackage().digest())) {
      object(Code.SAME_PACKAGE, "candidate and served package have the same content");
    }
    if (!candidate.modelPackage().name().equals(served.modelPackage().name())
        || !segments(candidate).equals(segments(served))) {
      object(Code.OTHER_TASK, "candidate and served package mark different things");
    }
    if (!candidate.settings().equals(served.settings())) {
      object(
          Code.OTHER_SETTINGS,
          "the candidate was measured with %s, the served package with %s"
              .formatted(candidate.settings(), served.settings()));
    }
  }

  private static Set<Integer> segments(EvaluationReport report) {
    return report.schema().segments().stream().map(Segment::number).collect(Collectors.toSet());
  }

  private void sides(EvaluationReport report) {
    Set<String> elsewhere = new TreeSet<>();
    for (CaseResult each : report.cases()) {
      if (!rules.sides().contains(each.subject().split())) {
        elsewhere.add(each.subject().name() + " (" + each.subject().split() + ")");
      }
    }
    if (!elsewhere.isEmpty()) {
      object(
          Code.SIDE,
          "only cases of %s may decide, but there %s"
              .formatted(rules.sides(), are(elsewhere, "is", "are")));
    }
  }

  private void cases() {
    Map<String, CaseResult> ofServed = new HashMap<>();
    served.cases().forEach(each -> ofServed.put(each.subject().name(), each));
    Set<String> unknown = new TreeSet<>();
    Set<String> changed = new TreeSet<>();
    for (CaseResult each : candidate.cases()) {
      CaseResult other = ofServed.remove(each.subject().name());
      if (other == null) {
        unknown.add(each.subject().name());
      } else if (!other.reference().equals(each.reference())
          || !other.subject().patient().equals(each.subject().patient())) {
        changed.add(each.subject().name());
      }
    }
    Set<String> refused = new TreeSet<>(ofServed.keySet());
    refused.retainAll(candidate.leftOut().keySet());
    Set<String> missing = new TreeSet<>(ofServed.keySet());
    missing.removeAll(refused);
    // What the served package refused and the candidate does not is the candidate's gain.
    unknown.removeAll(served.leftOut().keySet());
    missing.addAll(unknown);
    tell(Code.REFUSED_CASES, "the candidate refuses what the served package does not: ", refused);
    tell(Code.OTHER_CASES, "only one report has ", missing);
    tell(Code.OTHER_REFERENCE, "reference labels or patient differ in ", changed);
    tooFew();
  }

  private void tooFew() {
    int patients = Math.min(candidate.all().patients(), served.all().patients());
    if (patients < rules.fewestPatients()) {
      object(
          Code.TOO_FEW,
          "at least %d patients are needed, but there are %d"
              .formatted(rules.fewestPatients(), patients));
    }
  }

  private void tell(Code code, String words, Set<String> names) {
    if (!names.isEmpty()) {
      object(code, words + are(names, "", ""));
    }
  }

  private static String are(Set<String> names, String one, String several) {
    String some = names.stream().limit(MOST_NAMED).collect(Collectors.joining(", "));
    String verb = names.size() == 1 ? one : several;
    String more = names.size() > MOST_NAMED ? " and " + (names.size() - MOST_NAMED) + " more" : "";
    return (verb + " " + some + more).strip();
  }

  private void object(Code code, String words) {
    objections.add(new Objection(code, words));
  }
}
