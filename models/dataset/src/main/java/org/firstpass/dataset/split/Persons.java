package org.firstpass.dataset.split;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.firstpass.study.PatientKey;
import org.jdbi.v3.core.Handle;

/** Which patient keys are one person, over links in any number of steps. */
final class Persons {
  private static final Comparator<PatientKey> BY_VALUE = Comparator.comparing(PatientKey::value);

  private final Map<PatientKey, SortedSet<PatientKey>> members = new HashMap<>();

  /** Reads all links. */
  static Persons of(Handle handle) {
    var persons = new Persons();
    handle
        .createQuery("select one, other from dataset.patient_link")
        .map((row, context) -> List.of(row.getString(1), row.getString(2)))
        .forEach(pair -> persons.join(new PatientKey(pair.get(0)), new PatientKey(pair.get(1))));
    return persons;
  }

  private void join(PatientKey one, PatientKey other) {
    SortedSet<PatientKey> larger = keysOf(one);
    SortedSet<PatientKey> smaller = keysOf(other);
    if (larger == smaller) {
      return;
    }
    if (larger.size() < smaller.size()) {
      SortedSet<PatientKey> swapped = larger;
      larger = smaller;
      smaller = swapped;
    }
    larger.addAll(smaller);
    for (PatientKey moved : smaller) {
      members.put(moved, larger);
    }
  }

  /** All keys of the person, the given one among them, sorted. */
  SortedSet<PatientKey> keysOf(PatientKey patient) {
    return members.computeIfAbsent(
        patient,
        key -> {
          var alone = new TreeSet<PatientKey>(BY_VALUE);
          alone.add(key);
          return alone;
        });
  }

  /** The persons of these patients, each once, with the keys of each that were asked for. */
  List<Person> of(Iterable<PatientKey> patients) {
    var asked = new HashMap<SortedSet<PatientKey>, SortedSet<PatientKey>>();
    var persons = new ArrayList<Person>();
    for (PatientKey patient : patients) {
      SortedSet<PatientKey> keys = keysOf(patient);
      SortedSet<PatientKey> known = asked.get(keys);
      if (known == null) {
        known = new TreeSet<>(BY_VALUE);
        asked.put(keys, known);
        persons.add(new Person(keys, known));
      }
      known.add(patient);
    }
    persons.sort(Comparator.comparing(person -> person.keys().first().value()));
    return persons;
  }

  /** One person: all keys, and those of them that were asked for. */
  record Person(SortedSet<PatientKey> keys, SortedSet<PatientKey> asked) {}
}
