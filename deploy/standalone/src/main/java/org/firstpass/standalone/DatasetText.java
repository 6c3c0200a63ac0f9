package org.firstpass.standalone;

import java.nio.file.Path;
import org.firstpass.dataset.DatasetManifest;
import org.firstpass.dataset.split.Split;

/** What the terminal says of a data set that was written. */
final class DatasetText {
  private DatasetText() {}

  static void print(DatasetManifest manifest, Path target) {
    System.out.println(
        "%s: %d training, %d validation, %d test"
            .formatted(
                target,
                manifest.count(Split.TRAINING),
                manifest.count(Split.VALIDATION),
                manifest.count(Split.TEST)));
    manifest
        .leftOut()
        .forEach(
            one ->
                System.out.println(
                    "left out " + one.name() + ": " + one.reason() + ", " + one.explanation()));
    if (manifest.erased() > 0) {
      System.out.println(
          "left out " + manifest.erased() + " corrections of patients who were erased");
    }
    System.out.println("manifest " + manifest.hash());
  }
}
