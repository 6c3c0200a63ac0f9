package org.firstpass.dicom;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.UID;
import org.dcm4che3.io.DicomOutputStream;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.firstpass.study.TransferSyntaxUid;

/**
 * A SEG object as a file: header, then pixels.
 *
 * @see "PS3.10 section 7"
 */
final class SegmentationFile {
  private static final int BUFFER = 1 << 16;
  private static final long MAX_PIXEL_DATA = Integer.MAX_VALUE - 1;

  private SegmentationFile() {}

  /** Refuses pixel data of more than 2 GiB with TOO_LARGE. */
  static void requireWritable(long length) {
    if (length > MAX_PIXEL_DATA) {
      throw new StudyRefused(
          ReasonCode.TOO_LARGE,
          "expected pixel data of at most " + MAX_PIXEL_DATA + " bytes, found " + length);
    }
  }

  static void write(
      SourceSeries source, FramePixels pixels, SegmentationContent content, OutputStream target) {
    requireWritable(pixels.length());
    FrameFormat format = pixels.format();
    Attributes header = SegmentationHeader.of(source, pixels.frames(), format, content);
    try {
      var buffered = new BufferedOutputStream(target, BUFFER);
      buffered.write(
          Part10.header(
              format.sopClass(),
              content.identity().instance(),
              new TransferSyntaxUid(format.transferSyntax())));
      // Not closed: that would close the caller's stream.
      @SuppressWarnings("resource")
      var out = new DicomOutputStream(buffered, UID.ExplicitVRLittleEndian);
      out.writeDataset(null, header);
      pixels.writeTo(out);
      buffered.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("a segmentation cannot be written", e);
    }
  }
}
