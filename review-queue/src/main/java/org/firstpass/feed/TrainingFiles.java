package org.firstpass.feed;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import org.firstpass.event.CorrectionAccepted;
import org.firstpass.study.Sha256;

/**
 * What belongs to corrections and leaves the house without what names a person: images, labels, and
 * the data sets that were made of them. Safe for use by many threads.
 */
public interface TrainingFiles {

  /** In which form an accepted case is wanted. */
  enum Form {
    /** The accepted labels as NIfTI, gzipped; a voxel has its Segment Number, 0 outside. */
    LABELS("labels.nii.gz", "application/gzip"),
    /** The image on the same grid as NIfTI, gzipped; values after rescale, HU for CT. */
    IMAGE("image.nii.gz", "application/gzip"),
    /** The accepted DICOM Segmentation, de-identified. */
    SEGMENTATION("segmentation.dcm", "application/dicom"),
    /** The instances of the series, de-identified, as a ZIP. */
    SOURCES("sources.zip", "application/zip");

    private final String file;
    private final String mediaType;

    Form(String file, String mediaType) {
      this.file = file;
      this.mediaType = mediaType;
    }

    public String file() {
      return file;
    }

    public String mediaType() {
      return mediaType;
    }
  }

  /** Bytes that are ready to be sent; what could speak against them was looked at before. */
  @FunctionalInterface
  interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /** The name under which a reader appears outside: the one that data sets have. */
  String readerName(String user);

  /**
   * Changes when the same correction is written in another way or of something else. The same tag
   * means the same bytes.
   */
  String tag(CorrectionAccepted correction, Form form);

  /**
   * @throws org.firstpass.failure.StudyRefused if the image has no such form
   * @throws org.firstpass.failure.Defect if a stored object is gone
   */
  Content open(CorrectionAccepted correction, Form form);

  /** Every data set that was made here, the newest first, as JSON. */
  String datasets();

  /** The manifest of a data set, but for what was erased from it since. */
  Optional<byte[]> manifest(Sha256 dataset);
}
