package org.firstpass.dataset;

/** Whose trainer opens the data set as it is. */
public enum DatasetFormat {
  /** nnU-Net v2's raw data format; the target is the folder that {@code nnUNet_raw} names. */
  NNUNET,
  /** A MONAI data list beside its images and labels. */
  MONAI,
  /** A BIDS derivative: a subject per patient, discrete segmentations beside the images. */
  BIDS,
  /** COCO for images of one plane: a PNG per frame, instances as run lengths. */
  COCO,
  /** The source instances and the accepted Segmentation of each case, de-identified. */
  DICOM,
  /** WebDataset: tar files that are read from one end to the other, per side. */
  WEBDATASET
}
