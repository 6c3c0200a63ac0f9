package org.firstpass.dataset.register;

import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.firstpass.database.Database;
import org.firstpass.dataset.split.SplitLedger;
import org.firstpass.event.PackageReference;
import org.firstpass.study.PatientKey;
import org.firstpass.study.Sha256;
import org.jdbi.v3.core.Handle;

/**
 * Every data set that was made here, with what was made of it, and everybody who was erased. Safe
 * for use by many threads and processes.
 */
public final class DatasetRegister {
  private static final String COLUMNS =
      "manifest_hash, name, format, cases, parent, made_at, tombstoned_at";

  private final Database database;
  private final SplitLedger ledger;

  /** Brings the schema {@code dataset} to its newest version. */
  public DatasetRegister(Database database) {
    this.database = database;
    this.ledger = new SplitLedger(database);
  }

  /** Notes a data set that was written to a folder. */
  public void note(byte[] manifest, Optional<Sha256> parent, Path folder) {
    var text = new ManifestText(manifest);
    String hash = Sha256.of(manifest).hex();
    database.useTransaction(
        handle -> {
          handle
              .createUpdate(
                  """
                  insert into dataset.version (manifest_hash, name, format, cases, parent, manifest)
                  values (:hash, :name, :format, :cases, :parent, :manifest)
                  on conflict do nothing
                  """)
              .bind("hash", hash)
              .bind("name", text.name())
              .bind("format", text.format())
              .bind("cases", text.cases().size())
              .bind("parent", parent.map(Sha256::hex).orElse(null))
              .bind("manifest", manifest)
              .execute();
          handle
              .createUpdate(
                  """
                  insert into dataset.version_folder (manifest_hash, folder)
                  values (:hash, :folder)
                  on conflict (manifest_hash, folder) do update set written_at = now()
                  """)
              .bind("hash", hash)
              .bind("folder", folder.toAbsolutePath().normalize().toString())
              .execute();
          notePatients(handle, hash, text.casesByPatient());
        });
  }

  private static void notePatients(
      Handle handle, String hash, Map<String, List<String>> casesByPatient) {
    if (casesByPatient.isEmpty()) {
      return;
    }
    var batch =
        handle.prepareBatch(
            """
            insert into dataset.version_patient (manifest_hash, patient_key, cases)
            values (:hash, :patient, :cases)
            on conflict do nothing
            """);
    casesByPatient.forEach(
        (patient, cases) ->
            batch
                .bind("hash", hash)
                .bind("patient", patient)
                .bindArray("cases", String.class, cases)
                .add());
    batch.execute();
  }

  /**
   * Notes that a package was made of a data set.
   *
   * @return false if no such data set was made here
   */
  public boolean noteUse(Sha256 version, PackageReference madeOfIt) {
    return database.inTransaction(
        handle ->
            handle
                    .createUpdate(
                        """
                        insert into dataset.version_use
                          (manifest_hash, package_digest, package_name, package_version)
                        select manifest_hash, :digest, :name, :version from dataset.version
                        where manifest_hash = :hash
                        on conflict (manifest_hash, package_digest) do update
                          set package_name = excluded.package_name
                        """)
                    .bind("hash", version.hex())
                    .bind("digest", madeOfIt.digest().hex())
                    .bind("name", madeOfIt.name())
                    .bind("version", madeOfIt.version())
                    .execute()
                > 0);
  }

  /** All of them, the newest first. */
  public List<RegisteredVersion> versions() {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(
                    "select " + COLUMNS + " from dataset.version order by made_at desc, name")
                .map((row, context) -> version(handle, row))
                .list());
  }

  /** Those whose hash begins so, the newest first. */
  public List<RegisteredVersion> find(String beginning) {
    return versions().stream().filter(one -> one.hash().hex().startsWith(beginning)).toList();
  }

  /** The manifest of a data set as it was made, but for what was erased from it since. */
  public Optional<byte[]> manifest(Sha256 version) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery("select manifest from dataset.version where manifest_hash = :hash")
                .bind("hash", version.hex())
                .map((row, context) -> row.getBytes(1))
                .findOne());
  }

  /** Everybody who was erased. */
  public Set<PatientKey> erased() {
    return database.inTransaction(
        handle ->
            new HashSet<>(
                handle
                    .createQuery("select patient_key from dataset.erasure")
                    .map((row, context) -> new PatientKey(row.getString(1)))
                    .list()));
  }

  /**
   * Erases a patient: from now on no data set has a case of it, also none that is rebuilt. Files
   * that were written already stay; the report says where they are.
   *
   * @param reason for the record, for instance the number of a request; nothing of the patient
   */
  public ErasureReport erase(PatientKey patient, String reason) {
    List<PatientKey> others =
        ledger.keysOfSamePerson(patient).stream().filter(key -> !key.equals(patient)).toList();
    return database.inTransaction(
        handle -> {
          handle
              .createUpdate(
                  """
                  insert into dataset.erasure (patient_key, reason) values (:patient, :reason)
                  on conflict do nothing
                  """)
              .bind("patient", patient.value())
              .bind("reason", reason)
              .execute();
          handle
              .createUpdate("delete from dataset.image_signature where patient_key = :patient")
              .bind("patient", patient.value())
              .execute();
          List<ErasureReport.Touched> touched = touched(handle, patient);
          touched.forEach(one -> tombstone(handle, one.version(), patient));
          return new ErasureReport(patient, touched, others);
        });
  }

  private static List<ErasureReport.Touched> touched(Handle handle, PatientKey patient) {
    return handle
        .createQuery(
            """
            select v.manifest_hash, v.name, p.cases
            from dataset.version_patient p join dataset.version v using (manifest_hash)
            where p.patient_key = :patient
            order by v.made_at, v.manifest_hash
            """)
        .bind("patient", patient.value())
        .map(
            (row, context) -> {
              String hash = row.getString(1);
              return new ErasureReport.Touched(
                  new Sha256(hash),
                  row.getString(2),
                  List.of((String[]) row.getArray(3).getArray()),
                  folders(handle, hash),
                  packages(handle, hash));
            })
        .list();
  }

  private static void tombstone(Handle handle, Sha256 version, PatientKey patient) {
    byte[] manifest =
        handle
            .createQuery(
                "select manifest from dataset.version where manifest_hash = :hash for update")
            .bind("hash", version.hex())
            .map((row, context) -> row.getBytes(1))
            .one();
    handle
        .createUpdate(
            """
            update dataset.version
            set manifest = :manifest, tombstoned_at = coalesce(tombstoned_at, now())
            where manifest_hash = :hash
            """)
        .bind("manifest", new ManifestText(manifest).without(patient))
        .bind("hash", version.hex())
        .execute();
  }

  private static RegisteredVersion version(Handle handle, ResultSet row) throws SQLException {
    String hash = row.getString(1);
    return new RegisteredVersion(
        new Sha256(hash),
        row.getString(2),
        row.getString(3),
        row.getInt(4),
        Optional.ofNullable(row.getString(5)).map(Sha256::new),
        row.getObject(6, OffsetDateTime.class).toInstant(),
        Optional.ofNullable(row.getObject(7, OffsetDateTime.class)).map(OffsetDateTime::toInstant),
        folders(handle, hash),
        packages(handle, hash));
  }

  private static List<String> folders(Handle handle, String hash) {
    return handle
        .createQuery(
            """
            select folder from dataset.version_folder
            where manifest_hash = :hash order by written_at desc, folder
            """)
        .bind("hash", hash)
        .mapTo(String.class)
        .list();
  }

  private static List<PackageReference> packages(Handle handle, String hash) {
    return handle
        .createQuery(
            """
            select package_name, package_version, package_digest from dataset.version_use
            where manifest_hash = :hash order by package_name, package_version
            """)
        .bind("hash", hash)
        .map(
            (row, context) ->
                new PackageReference(
                    row.getString(1), row.getString(2), new Sha256(row.getString(3))))
        .list();
  }
}
