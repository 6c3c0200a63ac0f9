package org.firstpass.dataset.split;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.firstpass.database.Database;
import org.firstpass.failure.Defect;
import org.firstpass.failure.ReasonCode;
import org.firstpass.study.PatientKey;
import org.jdbi.v3.core.Handle;

/**
 * The permanent record of every patient's split: the first decision stands, whatever the rule is
 * later.
 *
 * <p>The table refuses updates and deletions by itself. Safe for use by many threads and processes:
 * who comes second reads what the first one decided.
 */
public final class SplitLedger {
  private static final String SCHEMA = "dataset";
  private static final String MIGRATIONS = "org/firstpass/dataset/migrations";
  private static final int PATIENTS_PER_STATEMENT = 1000;

  private final Database database;

  /** Brings the schema {@code dataset} to its newest version. */
  public SplitLedger(Database database) {
    database.migrate(SCHEMA, MIGRATIONS);
    this.database = database;
  }

  /** The split of each patient; who has none yet gets one by the rule, for ever. */
  public Map<PatientKey, Split> decide(Collection<PatientKey> patients, SplitRule rule) {
    var splits = new TreeMap<String, Split>();
    for (PatientKey patient : patients) {
      splits.put(patient.value(), rule.propose(patient));
    }
    List<String> keys = List.copyOf(splits.keySet());
    var decided = new TreeMap<String, Split>();
    for (int from = 0; from < keys.size(); from += PATIENTS_PER_STATEMENT) {
      int to = Math.min(keys.size(), from + PATIENTS_PER_STATEMENT);
      List<String> chunk = keys.subList(from, to);
      database.useTransaction(
          handle -> {
            insert(handle, chunk, splits, rule.proportions());
            decided.putAll(read(handle, chunk));
          });
    }
    return byPatient(patients, decided);
  }

  // Keys come sorted, so that two exports wait for each other and never in a circle.
  private static void insert(
      Handle handle, List<String> keys, Map<String, Split> splits, SplitProportions proportions) {
    List<String> names = keys.stream().map(key -> splits.get(key)).map(Split::name).toList();
    handle
        .createUpdate(
            """
            insert into dataset.split_ledger (patient_key, split, proportions)
            select patient_key, split, :proportions
            from unnest(:keys, :splits) as proposed (patient_key, split)
            order by patient_key
            on conflict (patient_key) do nothing
            """)
        .bind("proportions", proportions.toString())
        .bindArray("keys", String.class, keys)
        .bindArray("splits", String.class, names)
        .execute();
  }

  private static Map<String, Split> read(Handle handle, List<String> keys) {
    var found = new TreeMap<String, Split>();
    handle
        .createQuery(
            "select patient_key, split from dataset.split_ledger where patient_key = any(:keys)")
        .bindArray("keys", String.class, keys)
        .map((row, context) -> Map.entry(row.getString(1), Split.valueOf(row.getString(2))))
        .forEach(entry -> found.put(entry.getKey(), entry.getValue()));
    return found;
  }

  private static Map<PatientKey, Split> byPatient(
      Collection<PatientKey> patients, Map<String, Split> decided) {
    var result = new LinkedHashMap<PatientKey, Split>();
    for (PatientKey patient : patients) {
      Split split = decided.get(patient.value());
      if (split == null) {
        throw new Defect(
            ReasonCode.UNEXPECTED, "the split ledger has no row for patient " + patient);
      }
      result.put(patient, split);
    }
    return result;
  }
}
