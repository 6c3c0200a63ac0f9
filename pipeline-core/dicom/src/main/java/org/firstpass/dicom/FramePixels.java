package org.firstpass.dicom;

import java.io.IOException;
import org.dcm4che3.io.DicomOutputStream;

/** The frames of one SEG object with their pixels. */
interface FramePixels {
  SegmentFrames frames();

  FrameFormat format();

  /** Length in bytes of all pixels as they are written, without headers and padding. */
  long length();

  /** Writes the Pixel Data element. */
  void writeTo(DicomOutputStream out) throws IOException;
}
