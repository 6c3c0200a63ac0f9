package org.firstpass.dataset;

/** Whose trainer opens the data set as it is. */
public enum DatasetFormat {
  /** nnU-Net v2's raw data format; the target is the folder that {@code nnUNet_raw} names. */
  NNUNET,
  /** A MONAI data list beside its images and labels. */
  MONAI
}
