package org.firstpass.dicom.pixel;

import java.io.IOException;
import java.util.List;
import org.dcm4che3.io.DicomInputStream;
import org.firstpass.failure.StudyRefused;

/** The frames of encapsulated pixel data before they are decoded. */
public final class EncodedFrames {
  private static final SampleFormat BYTES = new SampleFormat(Byte.SIZE, Byte.SIZE, 7, false);

  private EncodedFrames() {}

  /**
   * The bytes of each frame in RLE Lossless.
   *
   * @param in at the first item of the pixel data
   * @throws StudyRefused DAMAGED_PIXEL_DATA if the fragments do not make so many frames
   * @throws IOException if the stream fails or ends early
   */
  public static List<byte[]> runLength(DicomInputStream in, int frames, String owner)
      throws IOException {
    var format = new PixelFormat(1, 1, BYTES, Photometric.MONOCHROME2, false);
    return EncapsulatedFrames.of(in, new PixelData(format, frames, Encoding.RUN_LENGTH, owner))
        .encoded();
  }
}
