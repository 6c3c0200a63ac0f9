package org.firstpass.dataset;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;
import org.firstpass.dataset.CorrectionLog.Weighed;
import org.firstpass.dataset.ExportRefused.Reason;
import org.firstpass.event.CorrectionAccepted;
import org.firstpass.segment.LabelSchema;
import org.firstpass.stream.LogPosition;
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
  private final Map<CaseKey, NewestRevision> newest = new HashMap<>();
  private final Map<SchemaChoice, List<Weighed>> weighed = new HashMap<>();
  private final Set<UUID> told = new HashSet<>();
  private final Map<SchemaChoice, Integer> erased = new HashMap<>();
  private final Predicate<CorrectionAccepted> counts;
  private final Erasures erasures;

  private record CaseKey(StudyReference reference, SchemaChoice schema) {}

  /** The last correction of each reader on one revision; that of who came last is the last. */
  private static final class NewestRevision {
    private int revision;
    private final LinkedHashMap<String, CorrectionAccepted> byReader = new LinkedHashMap<>();

    void add(CorrectionAccepted correction) {
      if (correction.input().revision() < revision) {
        return;
      }
      if (correction.input().revision() > revision) {
        byReader.clear();
        revision = correction.input().revision();
      }
      byReader.remove(correction.reader());
      byReader.put(correction.reader(), correction);
    }

    ReadSeries series() {
      var all = new ArrayList<>(byReader.values());
      CorrectionAccepted counted = all.remove(all.size() - 1);
      all.sort(Comparator.comparing(one -> one.id().toString()));
      return new ReadSeries(counted, all);
    }
  }

  AcceptedCorrections() {
    this(correction -> true, Erasures.NONE);
  }

  /** As if only these corrections had ever been accepted, and none of erased patients. */
  AcceptedCorrections(Predicate<CorrectionAccepted> counts, Erasures erasures) {
    this.counts = counts;
    this.erasures = erasures;
  }

  void add(CorrectionAccepted correction, LogPosition position) {
    if (!told.add(correction.id())) {
      return;
    }
    SchemaChoice choice = SchemaChoice.of(correction.schema());
    LabelSchema known = schemas.computeIfAbsent(choice, key -> correction.schema());
    if (!sameMeaning(known, correction.schema())) {
      conflicting.add(choice);
    }
    if (!counts.test(correction)) {
      return;
    }
    if (erasures.has(correction.input().patient())) {
      erased.merge(choice, 1, Integer::sum);
      return;
    }
    weighed
        .computeIfAbsent(choice, key -> new ArrayList<>())
        .add(new Weighed(correction.id(), position.partition(), position.offset()));
    newest
        .computeIfAbsent(
            new CaseKey(correction.input().reference(), choice), key -> new NewestRevision())
        // Every event brings its own copy of the schema; a hundred thousand copies are not kept.
        .add(correction.withSchema(known));
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

  /** The series that were read, sorted by series revision, whatever order they came in. */
  List<ReadSeries> of(SchemaChoice schema) {
    var chosen = new ArrayList<ReadSeries>();
    newest.forEach(
        (key, revision) -> {
          if (key.schema().equals(schema)) {
            chosen.add(revision.series());
          }
        });
    chosen.sort(
        Comparator.comparing((ReadSeries one) -> one.counted().input().revisionHash().hex())
            .thenComparing(one -> one.counted().input().reference().series().value())
            .thenComparing(one -> one.counted().input().reference().study().value()));
    return chosen;
  }

  /** All corrections of a schema that count, also those that a later one stands in for. */
  Collection<Weighed> weighed(SchemaChoice schema) {
    return Objects.requireNonNullElse(weighed.get(schema), List.of());
  }

  /** How many corrections of a schema would count if their patients had not been erased. */
  int erased(SchemaChoice schema) {
    return erased.getOrDefault(schema, 0);
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
}
