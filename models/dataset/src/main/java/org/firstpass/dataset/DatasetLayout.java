package org.firstpass.dataset;

import java.util.Map;
import org.firstpass.dataset.split.Split;

/** Where a format has its files, as paths from the target folder, and what its index says. */
sealed interface DatasetLayout permits NnUnetLayout, MonaiLayout {
  static DatasetLayout of(DatasetDescription dataset) {
    return switch (dataset.format()) {
      case NNUNET -> new NnUnetLayout(dataset);
      case MONAI -> new MonaiLayout();
    };
  }

  String image(String caseName, Split split);

  String label(String caseName, Split split);

  /** The JSON files that the format's trainer opens first, by path. */
  Map<String, Object> indexFiles(DatasetManifest manifest);
}
