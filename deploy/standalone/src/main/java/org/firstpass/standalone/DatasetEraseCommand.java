package org.firstpass.standalone;

import java.time.Clock;
import java.util.concurrent.Callable;
import org.firstpass.dataset.register.DatasetRegister;
import org.firstpass.dataset.register.ErasureReport;
import org.firstpass.postgres.ErasedCorrections;
import org.firstpass.study.PatientKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Erases a patient from data sets. */
@Command(
    name = "erase",
    mixinStandardHelpOptions = true,
    description = {
      "Erase a patient: no data set has a case of it any more, also none that is rebuilt.",
      "Lists every data set and package that the patient touched; their files are not deleted.",
      "Whoever follows the corrections is told by a tombstone for each series.",
      "It cannot be taken back."
    })
final class DatasetEraseCommand implements Callable<Integer> {
  @Mixin InstallationOptions installation = new InstallationOptions();

  @Parameters(paramLabel = "<patient key>", description = "As manifests have it.")
  String key = "";

  @Option(
      names = "--reason",
      required = true,
      paramLabel = "<text>",
      description = "For the record, for instance the number of the request.")
  String reason = "";

  @Override
  public Integer call() {
    var patient = new PatientKey(key);
    Configuration configuration = Configuration.of(installation.existingFolder());
    try (var infrastructure = Infrastructure.join(configuration)) {
      print(new DatasetRegister(infrastructure.database()).erase(patient, reason));
      new ErasedCorrections(infrastructure.database())
          .tell(patient, Clock.systemUTC().instant())
          .forEach(series -> System.out.println("tombstone for series " + series));
    }
    return 0;
  }

  private static void print(ErasureReport report) {
    System.out.println(
        "patient %s is erased from %d data sets"
            .formatted(report.patient(), report.versions().size()));
    for (ErasureReport.Touched touched : report.versions()) {
      System.out.println("data set " + touched.version() + " " + touched.name());
      touched.folders().forEach(folder -> System.out.println("  folder   " + folder));
      touched.cases().forEach(one -> System.out.println("  case     " + one));
      touched
          .packages()
          .forEach(one -> System.out.println("  package  " + one.name() + " " + one.version()));
    }
    report
        .otherKeys()
        .forEach(
            other ->
                System.out.println("the same person, and not erased: " + other + "; erase it too"));
  }
}
