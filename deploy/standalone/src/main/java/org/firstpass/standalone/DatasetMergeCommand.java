package org.firstpass.standalone;

import java.util.List;
import java.util.concurrent.Callable;
import org.firstpass.dataset.split.LinkReason;
import org.firstpass.dataset.split.SplitLedger;
import org.firstpass.study.PatientKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Says that patients are one person. */
@Command(
    name = "merge",
    mixinStandardHelpOptions = true,
    description = {
      "Say that patients are one person, so that no data set has them on two sides.",
      "Their keys are in manifests. What was decided before stays; see deploy/docs/datasets.md."
    })
final class DatasetMergeCommand implements Callable<Integer> {
  @Mixin InstallationOptions installation = new InstallationOptions();

  @Parameters(arity = "2..*", paramLabel = "<patient key>", description = "All keys of the person.")
  List<String> keys = List.of();

  @Override
  public Integer call() {
    try (var infrastructure = Infrastructure.join(Configuration.of(installation.folder()))) {
      var ledger = new SplitLedger(infrastructure.database());
      var first = new PatientKey(keys.get(0));
      keys.stream()
          .skip(1)
          .forEach(key -> ledger.link(first, new PatientKey(key), LinkReason.MERGED));
    }
    System.out.println(keys.size() + " patient keys are one person from now on");
    return 0;
  }
}
