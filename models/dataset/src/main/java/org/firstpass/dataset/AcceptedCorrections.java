package org.firstpass.dataset;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;
import org.firstpass.dataset.ExportRefused.Reason;
import org.firstpass.event.CorrectionAccepted;
import org.firstpass.segment.LabelSchema;
import org.firstpass.study.StudyReference;

/**
 * The corrections that count, out of all that were ever accepted, told in the order of the topic.
 *
 * <p>Per series and label schema one counts: that of the newest revision of the series, and among
 * several of that revision the one accepted last. The topic has all corrections of a series in one
 * partition, so "last" is the same in every replay. An event told twice counts where it came first.
 */
final class AcceptedCorrections {
  private final Map<SchemaChoice, LabelSchema> schemas = new TreeMap<>();
  private final Set<SchemaChoice> conflicting = new HashSet<>();
  private final Map<CaseKey, CorrectionAccepted> newest = new HashMap<>();
  private final Set<UUID> told = new HashSet<>();
  private final Predicate<UUID> counts;

  private record CaseKey(StudyReference reference, SchemaChoice schema) {}

  AcceptedCorrections() {
    this(id -> true);
  }

  /** As if only these corrections had ever been accepted. */
  AcceptedCorrections(Predicate<UUID> counts) {
    this.counts = counts;
  }

  void add(CorrectionAccepted correction) {
    if (!told.add(correction.id())) {
      return;
    }
    SchemaChoice choice = SchemaChoice.of(correction.schema());
    LabelSchema known = schemas.computeIfAbsent(choice, key -> correction.schema());
    if (!sameMeaning(known, correction.schema())) {
      conflicting.add(choice);
    }
    if (!counts.test(correction.id())) {
      return;
    }
    newest.merge(
        new CaseKey(correction.input().reference(), choice),
        withSchema(correction, known),
        (before, now) -> now.input().revision() >= before.input().revision() ? now : before);
  }

  /**
   * The schema asked for, or the only one.
   *
   * @throws ExportRefused naming the choices
   */
  SchemaChoice choose(Optional<SchemaChoice> asked) {
    if (schemas.isEmpty()) {
      throw new ExportRefused(
          Reason.NO_CASES, "no correction was accepted yet, so there is nothing to export");
    }
    if (asked.isEmpty() && schemas.size() > 1) {
      throw new ExportRefused(
          Reason.CHOOSE_SCHEMA,
          "a data set has one label schema; choose one of " + schemas.keySet());
    }
    SchemaChoice choice = asked.orElseGet(() -> schemas.keySet().iterator().next());
    if (!schemas.containsKey(choice)) {
      throw new ExportRefused(
          Reason.CHOOSE_SCHEMA,
          "no correction has label schema " + choice + "; choose one of " + schemas.keySet());
    }
    if (conflicting.contains(choice)) {
      throw new ExportRefused(
          Reason.SCHEMA_CONFLICT,
          "label schema " + choice + " was used with different segments; it needs a new version");
    }
    return choice;
  }

  /** The corrections that count, sorted by series revision, whatever order they came in. */
  List<CorrectionAccepted> of(SchemaChoice schema) {
    var chosen = new ArrayList<CorrectionAccepted>();
    newest.forEach(
        (key, correction) -> {
          if (key.schema().equals(schema)) {
            chosen.add(correction);
          }
        });
    chosen.sort(
        Comparator.comparing((CorrectionAccepted c) -> c.input().revisionHash().hex())
            .thenComparing(c -> c.input().reference().series().value())
            .thenComparing(c -> c.input().reference().study().value()));
    return chosen;
  }

  // Colours may differ: they say nothing of what was labelled.
  private static boolean sameMeaning(LabelSchema a, LabelSchema b) {
    if (a.segments().size() != b.segments().size()) {
      return false;
    }
    return a.segments().stream()
        .allMatch(
            segment ->
                b.segment(segment.number())
                    .filter(
                        other ->
                            other.label().equals(segment.label())
                                && other.category().equals(segment.category())
                                && other.type().equals(segment.type())
                                && other.modifier().equals(segment.modifier()))
                    .isPresent());
  }

  // Every event brings its own copy of the schema; a hundred thousand copies are not kept.
  private static CorrectionAccepted withSchema(CorrectionAccepted event, LabelSchema schema) {
    return new CorrectionAccepted(
        event.id(),
        event.time(),
        event.input(),
        event.taskId(),
        event.proposalId(),
        event.modelPackage(),
        schema,
        event.proposedLabels(),
        event.acceptedLabels(),
        event.segmentation(),
        event.decisions(),
        event.reader(),
        event.activeMillis(),
        event.findings(),
        event.effort());
  }
}
