package org.firstpass.dataset;

import java.util.Map;

/** Where a format has its files, as paths from the target folder, and what its index says. */
sealed interface DatasetLayout
    permits BidsLayout, CocoLayout, DicomLayout, MonaiLayout, NnUnetLayout, WebDatasetLayout {
  static DatasetLayout of(DatasetDescription dataset) {
    return switch (dataset.format()) {
      case NNUNET -> new NnUnetLayout(dataset);
      case MONAI -> new MonaiLayout();
      case BIDS -> new BidsLayout(dataset);
      case COCO -> new CocoLayout();
      case DICOM -> new DicomLayout();
      case WEBDATASET -> new WebDatasetLayout();
    };
  }

  String image(CasePlace place);

  String label(CasePlace place);

  /** Gives the files that were written of a case their places. */
  default void place(DatasetCase one, StagingFolder staging) {
    staging.move(StagingFolder.image(one.name()), one.files().image().path());
    staging.move(StagingFolder.label(one.name()), one.files().label().path());
  }

  /** Writes what holds files of several cases; they are still where they were written. */
  default void gather(DatasetManifest manifest, StagingFolder staging) {}

  /** The files that the format's trainer opens first, by path: text, or what becomes JSON. */
  Map<String, Object> indexFiles(DatasetManifest manifest);
}
