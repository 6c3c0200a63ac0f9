package org.firstpass.dicom.web;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.firstpass.dicom.dataset.ElementReader;
import org.firstpass.dicom.dataset.ElementReader.Token;
import org.firstpass.dicom.dataset.StoredDataSet;
import org.firstpass.dicom.dataset.Vr;
import org.firstpass.dicom.element.Elements;
import org.firstpass.dicom.pixel.Encoding;
import org.firstpass.dicom.pixel.PixelData;
import org.firstpass.dicom.pixel.PixelFormat;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;

/**
 * What an instance says of its pixels, and its reader at their first byte.
 *
 * @see "PS3.3 C.7.6.3"
 */
final class ImageHeader {
  private static final int FLOAT_PIXEL_DATA = 0x7fe0_0008;
  private static final int DOUBLE_PIXEL_DATA = 0x7fe0_0009;
  private static final int LONGEST_VALUE = 1 << 18;
  private static final int MOST_FRAMES = 1 << 20;

  private final Attributes attributes;
  private final String transferSyntax;
  private final ElementReader elements;
  private final Token pixels;

  private ImageHeader(
      Attributes attributes, String transferSyntax, ElementReader elements, Token pixels) {
    this.attributes = attributes;
    this.transferSyntax = transferSyntax;
    this.elements = elements;
    this.pixels = pixels;
  }

  /**
   * Reads to the pixel data.
   *
   * @throws StudyRefused MALFORMED_INSTANCE, or NO_PIXEL_DATA
   */
  static ImageHeader read(StoredDataSet stored) throws IOException {
    ElementReader in = stored.elements();
    var attributes = new Attributes();
    Token token = in.next();
    while (token != Token.END) {
      if (isPixelData(in.tag())) {
        return new ImageHeader(attributes, stored.transferSyntax(), in, token);
      }
      boolean functionalGroup = in.depth() > 0 && isShown(in.tag());
      boolean image = in.depth() == 0 && (in.tag() >>> 16 == 0x0028 || isShown(in.tag()));
      if (token == Token.ELEMENT
          && (image || functionalGroup && !attributes.contains(in.tag()))
          && in.length() <= LONGEST_VALUE) {
        keep(attributes, in);
      }
      token = in.next();
    }
    throw new StudyRefused(ReasonCode.NO_PIXEL_DATA, "an instance has no pixel data");
  }

  /** Of enhanced images the first functional group that has them counts. */
  private static boolean isShown(int tag) {
    return tag == Tag.WindowCenter
        || tag == Tag.WindowWidth
        || tag == Tag.RescaleSlope
        || tag == Tag.RescaleIntercept
        || tag == Tag.PixelSpacing;
  }

  private static void keep(Attributes attributes, ElementReader in) throws IOException {
    int tag = in.tag();
    Vr vr = in.vr();
    if (vr.kind() != Vr.Kind.SEQUENCE && vr != Vr.OV && vr != Vr.SV && vr != Vr.UV) {
      attributes.setBytes(tag, VR.valueOf(vr.name()), in.value());
    }
  }

  static boolean isPixelData(int tag) {
    return tag == Tag.PixelData || tag == FLOAT_PIXEL_DATA || tag == DOUBLE_PIXEL_DATA;
  }

  Elements elements() {
    return new Elements(attributes, "the instance");
  }

  Attributes attributes() {
    return attributes;
  }

  String transferSyntax() {
    return transferSyntax;
  }

  /** At the pixel data. */
  ElementReader reader() {
    return elements;
  }

  /** The same, read again and at the pixel data. */
  ImageHeader at(ElementReader again) {
    return new ImageHeader(attributes, transferSyntax, again, pixels);
  }

  /** The uncompressed pixel data, turned into little endian if they are not. */
  InputStream littleEndian() {
    int cell = elements().integer(Tag.BitsAllocated).orElse(0) / Byte.SIZE;
    // Words of 16 bits hold cells of 8 bits in pairs; wider cells are turned round as a whole.
    int unit = elements.vr() == Vr.OW ? Math.max(Short.BYTES, cell) : elements.vr().unit();
    return BulkData.littleEndian(elements, unit);
  }

  boolean encapsulated() {
    return pixels == Token.FRAGMENTS;
  }

  int frames() {
    int frames = elements().integer(Tag.NumberOfFrames).orElse(1);
    if (frames < 1 || frames > MOST_FRAMES) {
      throw elements().malformed(Tag.NumberOfFrames, "1 to " + MOST_FRAMES);
    }
    return frames;
  }

  /** How many bits a frame takes that is not compressed. */
  long frameBits() {
    Elements image = elements();
    long pixels = (long) image.requireInteger(Tag.Rows) * image.requireInteger(Tag.Columns);
    int bits = image.integer(Tag.BitsAllocated).orElse(elements.vr().unit() * Byte.SIZE);
    int samples = image.integer(Tag.SamplesPerPixel).orElse(1);
    boolean halved = image.text(Tag.PhotometricInterpretation).orElse("").endsWith("_422");
    long size = pixels * (halved && !encapsulated() ? 2 : samples) * bits;
    if (pixels < 1 || samples < 1 || bits < 1 || size > (long) Byte.SIZE * Integer.MAX_VALUE / 2) {
      throw new StudyRefused(ReasonCode.MALFORMED_INSTANCE, "a frame of " + size + " bits");
    }
    return size;
  }

  /**
   * How to decode the frames.
   *
   * @throws StudyRefused UNSUPPORTED_TRANSFER_SYNTAX, UNSUPPORTED_PIXEL_FORMAT
   */
  PixelData pixelData() {
    Optional<Encoding> encoding = Encoding.of(transferSyntax);
    if (encoding.isEmpty() || encoding.orElseThrow().encapsulated() != encapsulated()) {
      throw new StudyRefused(
          ReasonCode.UNSUPPORTED_TRANSFER_SYNTAX,
          "this build does not decode transfer syntax " + transferSyntax);
    }
    return new PixelData(
        PixelFormat.of(elements()), frames(), encoding.orElseThrow(), "the instance");
  }
}
