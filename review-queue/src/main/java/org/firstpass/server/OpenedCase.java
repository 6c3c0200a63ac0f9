package org.firstpass.server;

import java.util.Optional;
import org.firstpass.correction.ByteContent;
import org.firstpass.correction.ViewedImage;
import org.firstpass.dicom.ImageMedia;
import org.firstpass.dicom.SourceSeries;

/** A series that was read: what readers see of it, and what a segmentation of it refers to. */
record OpenedCase(
    ViewedImage image, SourceSeries source, ImageMedia media, Optional<ByteContent> colour) {

  /** What it takes in memory at present. */
  long bytes() {
    return image.content().held() + colour.map(ByteContent::size).orElse(0).longValue();
  }
}
