package org.firstpass.standalone;

import java.util.HexFormat;
import org.firstpass.dataset.DatasetExport;
import org.firstpass.dataset.split.DatasetSecret;
import org.firstpass.dataset.split.SplitRule;

/** The export of an installation, with the installation's split secret. */
final class Datasets {
  private Datasets() {}

  static DatasetExport export(Infrastructure infrastructure, Configuration configuration) {
    byte[] secret = HexFormat.of().parseHex(configuration.state().secret("split"));
    return new DatasetExport(
        infrastructure.objects(),
        infrastructure.stream(),
        infrastructure.database(),
        SplitRule.of(new DatasetSecret(secret)));
  }
}
