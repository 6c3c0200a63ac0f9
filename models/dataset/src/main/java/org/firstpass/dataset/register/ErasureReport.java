package org.firstpass.dataset.register;

import java.util.List;
import org.firstpass.event.PackageReference;
import org.firstpass.study.PatientKey;
import org.firstpass.study.Sha256;

/**
 * What a patient who was erased had touched.
 *
 * @param otherKeys other keys that are held to be the same person; they are not erased with it
 */
public record ErasureReport(
    PatientKey patient, List<Touched> versions, List<PatientKey> otherKeys) {
  public ErasureReport {
    versions = List.copyOf(versions);
    otherKeys = List.copyOf(otherKeys);
  }

  /**
   * A data set that has cases of the patient.
   *
   * @param cases their names, by which the files in the folders are found
   * @param packages that were made of it
   */
  public record Touched(
      Sha256 version,
      String name,
      List<String> cases,
      List<String> folders,
      List<PackageReference> packages) {
    public Touched {
      cases = List.copyOf(cases);
      folders = List.copyOf(folders);
      packages = List.copyOf(packages);
    }
  }
}
