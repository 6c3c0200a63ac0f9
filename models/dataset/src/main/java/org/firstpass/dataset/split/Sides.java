package org.firstpass.dataset.split;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.firstpass.study.PatientKey;

/**
 * The sides of some patients, as the ledger had them at one moment. Immutable.
 *
 * <p>Rows of the ledger stand for ever. So when two patients turn out to be one person after both
 * were decided, on different sides, the one decided later is held back: on neither side.
 */
public final class Sides {
  private final SortedMap<String, LedgerEntry> entries = new TreeMap<>();

  /**
   * @param entries those of the patients and of the persons that they are
   */
  public Sides(Iterable<LedgerEntry> entries) {
    entries.forEach(entry -> this.entries.put(entry.patient().value(), entry));
  }

  public Split of(PatientKey patient) {
    return entry(patient).split();
  }

  /** Whether cases of the patient must be on no side. */
  public boolean isHeldBack(PatientKey patient) {
    LedgerEntry entry = entry(patient);
    return entry.split() != entry(entry.person()).split();
  }

  /** Whether there is an entry for the patient. */
  public boolean knows(PatientKey patient) {
    return entries.containsKey(patient.value());
  }

  public LedgerEntry entry(PatientKey patient) {
    return Objects.requireNonNull(
        entries.get(patient.value()), () -> "no side was asked for patient " + patient);
  }

  /** All of them, sorted by patient. */
  public List<LedgerEntry> entries() {
    return List.copyOf(entries.values());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Sides sides && Map.copyOf(entries).equals(Map.copyOf(sides.entries));
  }

  @Override
  public int hashCode() {
    return entries.hashCode();
  }

  @Override
  public String toString() {
    return entries.values().toString();
  }
}
