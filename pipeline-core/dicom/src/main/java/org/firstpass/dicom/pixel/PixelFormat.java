package org.firstpass.dicom.pixel;

import org.dcm4che3.data.Tag;
import org.firstpass.dicom.element.Elements;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;

/**
 * What the frames of one instance are made of.
 *
 * @param planar whether the channels of a colour frame follow each other, plane by plane
 * @see "PS3.3 C.7.6.3"
 */
public record PixelFormat(
    int rows, int columns, SampleFormat sample, Photometric photometric, boolean planar) {

  /** 8192 x 8192, thrice a mammogram: more is a damaged header, and memory is not spent on it. */
  private static final int MAX_PIXELS = 1 << 26;

  /**
   * The format that an image's header states.
   *
   * @throws StudyRefused MALFORMED_INSTANCE if an attribute is missing or malformed,
   *     UNSUPPORTED_PIXEL_FORMAT if this build does not read the format
   */
  public static PixelFormat of(Elements image) {
    int rows = image.requireInteger(Tag.Rows);
    int columns = image.requireInteger(Tag.Columns);
    if (rows < 1 || columns < 1 || (long) rows * columns > MAX_PIXELS) {
      throw new StudyRefused(
          ReasonCode.MALFORMED_INSTANCE,
          image.owner() + ": a frame of " + rows + " rows and " + columns + " columns");
    }
    Photometric photometric = photometric(image);
    boolean planar = image.integer(Tag.PlanarConfiguration).orElse(0) == 1;
    var format = new PixelFormat(rows, columns, SampleFormat.of(image), photometric, planar);
    if (!photometric.isGrey() && format.sample().bitsAllocated() != Byte.SIZE) {
      throw unsupported(image, "colour of " + format.sample().bitsAllocated() + " bits");
    }
    return format;
  }

  private static Photometric photometric(Elements image) {
    String name = image.requireText(Tag.PhotometricInterpretation);
    int samples = image.requireInteger(Tag.SamplesPerPixel);
    return Photometric.of(name)
        .filter(found -> found.samples() == samples)
        .orElseThrow(() -> unsupported(image, name + " with " + samples + " samples per pixel"));
  }

  private static StudyRefused unsupported(Elements image, String what) {
    return new StudyRefused(
        ReasonCode.UNSUPPORTED_PIXEL_FORMAT, image.owner() + ": this build does not read " + what);
  }

  public int pixels() {
    return rows * columns;
  }

  int samples() {
    return photometric.samples();
  }

  /** How many bits an uncompressed frame takes. */
  long frameBits() {
    long cells =
        photometric == Photometric.YBR_FULL_422 ? 2L * pixels() : (long) samples() * pixels();
    return cells * sample.bitsAllocated();
  }
}
