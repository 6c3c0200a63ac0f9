package org.firstpass.dataset.split;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.firstpass.database.Database;
import org.firstpass.dataset.split.Persons.Person;
import org.firstpass.study.PatientKey;
import org.jdbi.v3.core.Handle;

/**
 * The permanent record of every patient's split: the first decision stands, whatever the rule is
 * later.
 *
 * <p>The table refuses updates and deletions by itself. A patient who is known to be the same
 * person as one who was decided goes to that one's side. Safe for use by many threads and
 * processes: decisions are taken one after the other, and who comes second reads what the first one
 * decided.
 */
public final class SplitLedger {
  private static final String SCHEMA = "dataset";
  private static final String MIGRATIONS = "org/firstpass/dataset/migrations";
  private static final int PATIENTS_PER_STATEMENT = 1000;

  private final Database database;

  private record Row(Split split, long position) {}

  /** Brings the schema {@code dataset} to its newest version. */
  public SplitLedger(Database database) {
    database.migrate(SCHEMA, MIGRATIONS);
    this.database = database;
  }

  /** The side of each patient; who has none yet gets one, for ever. */
  public Sides decide(Collection<PatientKey> patients, SplitRule rule) {
    return database.inTransaction(
        handle -> {
          takeTurns(handle);
          List<Person> persons = Persons.of(handle).of(patients);
          Map<PatientKey, Row> rows = read(handle, persons);
          var entries = new ArrayList<LedgerEntry>();
          var undecided = new ArrayList<LedgerEntry>();
          for (Person person : persons) {
            decide(person, rows, rule, entries, undecided);
          }
          insert(handle, undecided, rule.proportions().toString());
          return new Sides(entries);
        });
  }

  private static void decide(
      Person person,
      Map<PatientKey, Row> rows,
      SplitRule rule,
      List<LedgerEntry> entries,
      List<LedgerEntry> undecided) {
    PatientKey first = person.asked().first();
    Row decided = null;
    for (PatientKey key : person.keys()) {
      Row row = rows.get(key);
      if (row != null && (decided == null || row.position() < decided.position())) {
        first = key;
        decided = row;
      }
    }
    Split side = decided == null ? rule.propose(person.keys().first()) : decided.split();
    entries.add(new LedgerEntry(first, side, first));
    for (PatientKey patient : person.asked()) {
      Row row = rows.get(patient);
      var entry = new LedgerEntry(patient, row == null ? side : row.split(), first);
      entries.add(entry);
      if (row == null) {
        undecided.add(entry);
      }
    }
  }

  /** Two keys are one person from now on, for ever. */
  public void link(PatientKey one, PatientKey other, LinkReason reason) {
    if (one.equals(other)) {
      return;
    }
    database.useTransaction(
        handle -> {
          takeTurns(handle);
          link(handle, one, other, reason);
        });
  }

  static void link(Handle handle, PatientKey one, PatientKey other, LinkReason reason) {
    boolean inOrder = one.value().compareTo(other.value()) < 0;
    handle
        .createUpdate(
            """
            insert into dataset.patient_link (one, other, reason) values (:one, :other, :reason)
            on conflict do nothing
            """)
        .bind("one", inOrder ? one.value() : other.value())
        .bind("other", inOrder ? other.value() : one.value())
        .bind("reason", reason.name())
        .execute();
  }

  /** All keys of the person that a patient is, the given one among them. */
  public Set<PatientKey> keysOfSamePerson(PatientKey patient) {
    return database.inTransaction(handle -> Set.copyOf(Persons.of(handle).keysOf(patient)));
  }

  /**
   * Takes over what another ledger decided, for instance one that a data set of another machine
   * brings along.
   *
   * @return a patient whom this ledger has on another side; nothing is taken over then
   */
  public Optional<PatientKey> adopt(List<LedgerEntry> others) {
    return database.inTransaction(
        handle -> {
          takeTurns(handle);
          List<PatientKey> keys = others.stream().map(LedgerEntry::patient).toList();
          Map<PatientKey, Row> rows = read(handle, new Persons().of(keys));
          for (LedgerEntry other : others) {
            Row row = rows.get(other.patient());
            if (row != null && row.split() != other.split()) {
              return Optional.of(other.patient());
            }
          }
          // Whom the others follow comes first here too.
          List<LedgerEntry> missing =
              others.stream()
                  .filter(other -> !rows.containsKey(other.patient()))
                  .sorted(Comparator.comparing(other -> !other.person().equals(other.patient())))
                  .toList();
          insert(handle, missing, "adopted");
          for (LedgerEntry other : others) {
            if (!other.person().equals(other.patient())) {
              link(handle, other.patient(), other.person(), LinkReason.ADOPTED);
            }
          }
          return Optional.empty();
        });
  }

  static void takeTurns(Handle handle) {
    handle.execute("select pg_advisory_xact_lock(hashtextextended('firstpass.dataset.split', 0))");
  }

  private static void insert(Handle handle, List<LedgerEntry> entries, String proportions) {
    for (int from = 0; from < entries.size(); from += PATIENTS_PER_STATEMENT) {
      int to = Math.min(entries.size(), from + PATIENTS_PER_STATEMENT);
      List<LedgerEntry> chunk = entries.subList(from, to);
      handle
          .createUpdate(
              """
              insert into dataset.split_ledger (patient_key, split, proportions)
              select patient_key, split, :proportions
              from unnest(:keys, :splits) with ordinality as decided (patient_key, split, place)
              order by place
              """)
          .bind("proportions", proportions)
          .bindArray("keys", String.class, chunk.stream().map(e -> e.patient().value()).toList())
          .bindArray("splits", String.class, chunk.stream().map(e -> e.split().name()).toList())
          .execute();
    }
  }

  private static Map<PatientKey, Row> read(Handle handle, List<Person> persons) {
    List<String> keys =
        persons.stream().flatMap(one -> one.keys().stream()).map(PatientKey::value).toList();
    var found = new HashMap<PatientKey, Row>();
    for (int from = 0; from < keys.size(); from += PATIENTS_PER_STATEMENT) {
      int to = Math.min(keys.size(), from + PATIENTS_PER_STATEMENT);
      handle
          .createQuery(
              """
              select patient_key, split, position from dataset.split_ledger
              where patient_key = any(:keys)
              """)
          .bindArray("keys", String.class, keys.subList(from, to))
          .map(
              (row, context) ->
                  Map.entry(
                      new PatientKey(row.getString(1)),
                      new Row(Split.valueOf(row.getString(2)), row.getLong(3))))
          .forEach(entry -> found.put(entry.getKey(), entry.getValue()));
    }
    return found;
  }
}
