package org.firstpass.foreign;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.firstpass.correction.CaseArchive;
import org.firstpass.correction.DerivedVerdicts;
import org.firstpass.correction.InconsistentSubmission;
import org.firstpass.correction.SegmentVerdict;
import org.firstpass.event.ProposalMade;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.firstpass.foreign.ForeignItem.Filed;
import org.firstpass.foreign.SegmentMatch.By;
import org.firstpass.segment.LabelSchema;
import org.firstpass.segment.Segment;
import org.firstpass.segment.Verdict;
import org.firstpass.volume.LabelMap;
import org.jspecify.annotations.Nullable;

/**
 * Looks at one object: which task it belongs to, which segment is which, where everything lies.
 *
 * <p>Pure in what it is given: the same object, task and word give the same labels, so that a
 * submission can be sent again after a crash. Safe for use by many threads.
 */
final class ForeignExaminer {
  private final CaseArchive archive;

  ForeignExaminer(CaseArchive archive) {
    this.archive = archive;
  }

  /**
   * Examines an object.
   *
   * @param candidates the tasks of the series that it names
   * @param user who sent it, if that is known
   * @param intended the task for which a submission is under way, whatever became of it meanwhile
   * @throws StudyRefused if it cannot be used
   */
  Verdicted examine(
      ForeignObject object,
      Drawing drawing,
      List<Candidate> candidates,
      PersonsWord word,
      Optional<String> user,
      Optional<UUID> intended) {
    Optional<Candidate> underWay =
        candidates.stream()
            .filter(one -> intended.filter(one.task().id()::equals).isPresent())
            .findFirst();
    if (underWay.isPresent()) {
      return place(object, drawing, underWay.get(), word);
    }
    if (candidates.isEmpty()) {
      return undecided(
          null,
          ReasonCode.FOREIGN_UNKNOWN_SERIES,
          "nothing is proposed for series " + drawing.series(),
          Examination.of(List.of(), word));
    }
    if (candidates.stream().anyMatch(candidate -> candidate.own().contains(object.instance()))) {
      throw new StudyRefused(
          ReasonCode.OWN_OUTPUT,
          "expected an object of another maker, found " + object.instance() + " of ours");
    }
    List<Candidate> fitting = choose(drawing, candidates, word, user);
    List<UUID> tasks = fitting.stream().map(candidate -> candidate.task().id()).toList();
    if (fitting.stream().noneMatch(Candidate::isOpen)) {
      return undecided(
          tasks.size() == 1 ? tasks.get(0) : null,
          ReasonCode.FOREIGN_TASK_CLOSED,
          "the tasks of this series are decided already: " + tasks,
          Examination.of(tasks, word));
    }
    if (fitting.size() > 1) {
      return undecided(
          null,
          ReasonCode.FOREIGN_SEVERAL_PROPOSALS,
          "expected one open proposal, found " + fitting.size(),
          Examination.of(tasks, word));
    }
    return place(object, drawing, fitting.get(0), word);
  }

  /** A person's word, then what the object was made from, then what its sender holds. */
  private static List<Candidate> choose(
      Drawing drawing, List<Candidate> all, PersonsWord word, Optional<String> user) {
    if (word.task() != null) {
      return all.stream().filter(one -> one.task().id().equals(word.task())).toList();
    }
    List<Candidate> named = all.stream().filter(one -> one.isNamedBy(drawing)).toList();
    if (named.size() == 1) {
      return named;
    }
    List<Candidate> open = all.stream().filter(Candidate::isOpen).toList();
    List<Candidate> held = open.stream().filter(one -> one.isHeldBy(user)).toList();
    if (held.size() == 1) {
      return held;
    }
    return open.isEmpty() ? all : open;
  }

  private Verdicted place(
      ForeignObject object, Drawing drawing, Candidate candidate, PersonsWord word) {
    ProposalMade proposal = candidate.proposal();
    requireSamePatient(object, drawing, proposal);
    LabelMap proposed = archive.proposedLabels(proposal);
    LabelSchema schema = proposal.schema();
    requireOfSchema(word, schema);
    UUID task = candidate.task().id();
    List<SegmentMatch> matches =
        new SegmentMatching(schema, proposal.series(), marked(proposed))
            .match(drawing.segments(), word.mapping());
    if (!matches.stream().allMatch(SegmentMatch::isKnown)) {
      return unmatched(task, matches, word);
    }
    var drawn = DrawnLabels.of(drawing, proposed.geometry(), targets(matches), word.winners());
    List<SegmentMatch> checked = withoutStrangers(matches, schema, proposed, drawn.labels());
    if (!checked.stream().allMatch(SegmentMatch::isKnown)) {
      return unmatched(task, checked, word);
    }
    if (!drawn.undecided().isEmpty()) {
      return undecided(
          task,
          ReasonCode.FOREIGN_OVERLAP,
          "expected one segment per voxel, found pairs that share some: " + drawn.undecided(),
          new Examination(checked, drawn.undecided(), List.of(), List.of(task), word));
    }
    return verdicts(candidate, proposed, drawn.labels(), checked, word);
  }

  private static Verdicted verdicts(
      Candidate candidate,
      LabelMap proposed,
      LabelMap drawn,
      List<SegmentMatch> matches,
      PersonsWord word) {
    LabelSchema schema = candidate.proposal().schema();
    List<Integer> missing = DerivedVerdicts.missing(schema, proposed, drawn);
    UUID task = candidate.task().id();
    var examination = new Examination(matches, List.of(), missing, List.of(task), word);
    List<Integer> unsaid =
        missing.stream().filter(number -> !word.missing().containsKey(number)).toList();
    if (!unsaid.isEmpty()) {
      return undecided(
          task,
          ReasonCode.FOREIGN_TO_BE_CONFIRMED,
          "proposed segments of which the object has nothing: " + unsaid,
          examination);
    }
    LabelMap labels = withKept(proposed, drawn, missing, word.missing());
    return new Verdicted.Ready(
        candidate,
        labels,
        said(DerivedVerdicts.of(schema, proposed, labels), missing, word.missing()),
        examination);
  }

  /** Of what is not there holds what a person said. */
  private static List<SegmentVerdict> said(
      List<SegmentVerdict> derived, List<Integer> missing, Map<Integer, Verdict> said) {
    return derived.stream()
        .map(
            one ->
                missing.contains(one.number()) && one.verdict() == Verdict.REJECT
                    ? new SegmentVerdict(
                        one.number(), said.getOrDefault(one.number(), Verdict.REJECT))
                    : one)
        .toList();
  }

  /** What was proposed stays where a person says so and nothing else is drawn. */
  private static LabelMap withKept(
      LabelMap proposed, LabelMap drawn, List<Integer> missing, Map<Integer, Verdict> said) {
    Set<Integer> kept =
        missing.stream()
            .filter(number -> said.get(number) == Verdict.ACCEPT)
            .collect(Collectors.toSet());
    if (kept.isEmpty()) {
      return drawn;
    }
    short[] labels = drawn.toArray();
    for (int at = 0; at < labels.length; at++) {
      if (labels[at] == 0 && kept.contains(proposed.labelAt(at))) {
        labels[at] = (short) proposed.labelAt(at);
      }
    }
    return new LabelMap(drawn.geometry(), labels);
  }

  private static Verdicted unmatched(UUID task, List<SegmentMatch> matches, PersonsWord word) {
    List<Integer> unknown =
        matches.stream().filter(match -> !match.isKnown()).map(SegmentMatch::number).toList();
    return undecided(
        task,
        ReasonCode.FOREIGN_UNMATCHED,
        "segments of the object that are not known: " + unknown,
        new Examination(matches, List.of(), List.of(), List.of(task), word));
  }

  private static Map<Integer, Integer> targets(List<SegmentMatch> matches) {
    Map<Integer, Integer> targets = new HashMap<>();
    for (SegmentMatch match : matches) {
      Integer target = match.target();
      if (target != null && target != 0) {
        targets.put(match.number(), target);
      }
    }
    return targets;
  }

  /** A number is only believed if something of the segment is still where it was proposed. */
  private static List<SegmentMatch> withoutStrangers(
      List<SegmentMatch> matches, LabelSchema schema, LabelMap proposed, LabelMap drawn) {
    if (matches.stream().noneMatch(match -> match.by() == By.NUMBER)) {
      return matches;
    }
    Set<Integer> elsewhere = new HashSet<>(DerivedVerdicts.elsewhere(schema, proposed, drawn));
    List<SegmentMatch> checked = new ArrayList<>();
    for (SegmentMatch match : matches) {
      boolean doubted = match.by() == By.NUMBER && elsewhere.contains(match.target());
      checked.add(doubted ? match.doubted() : match);
    }
    return checked;
  }

  private static Set<Integer> marked(LabelMap labels) {
    long[] voxels = labels.histogram();
    return IntStream.range(1, voxels.length)
        .filter(label -> voxels[label] > 0)
        .boxed()
        .collect(Collectors.toSet());
  }

  private static void requireSamePatient(
      ForeignObject object, Drawing drawing, ProposalMade proposal) {
    if (!drawing.study().equals(proposal.input().reference().study())) {
      throw new StudyRefused(
          ReasonCode.FOREIGN_OTHER_PATIENT,
          "expected study "
              + proposal.input().reference().study()
              + " as the series has, found "
              + drawing.study());
    }
    if (!object.input().patient().equals(proposal.input().patient())) {
      throw new StudyRefused(
          ReasonCode.FOREIGN_OTHER_PATIENT,
          "expected the patient of series " + proposal.series() + ", found another one");
    }
  }

  private static void requireOfSchema(PersonsWord word, LabelSchema schema) {
    Set<Integer> known =
        schema.segments().stream().map(Segment::number).collect(Collectors.toSet());
    Set<Integer> said = new HashSet<>(word.mapping().values());
    said.remove(0);
    said.addAll(word.winners());
    said.addAll(word.missing().keySet());
    said.removeAll(known);
    if (!said.isEmpty()) {
      throw new InconsistentSubmission("schema '" + schema.name() + "' has no segments " + said);
    }
  }

  private static Verdicted undecided(
      @Nullable UUID task, ReasonCode reason, String explanation, Examination examination) {
    return new Verdicted.Undecided(Filed.kept(task, reason, explanation, examination));
  }
}
