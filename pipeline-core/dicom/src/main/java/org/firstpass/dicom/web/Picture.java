package org.firstpass.dicom.web;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.util.Optional;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.firstpass.dicom.element.Elements;
import org.firstpass.dicom.pixel.Encoding;
import org.firstpass.dicom.pixel.FrameCells;
import org.firstpass.dicom.pixel.Photometric;
import org.firstpass.dicom.pixel.PixelFormat;
import org.firstpass.dicom.pixel.Rgb;
import org.firstpass.dicom.web.Rendering.Function;
import org.firstpass.dicom.web.Rendering.Window;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;

/** The frames of one instance as pictures of 8 bits, grey or RGB. */
final class Picture {
  private final ImageHeader image;
  private final PixelFormat format;
  private final Optional<Window> window;

  /**
   * @param window instead of what the instance says
   */
  Picture(ImageHeader image, PixelFormat format, Optional<Window> window) {
    this.image = image;
    this.format = format;
    this.window = window;
  }

  /**
   * A picture.
   *
   * @param cells of a frame, in little endian
   */
  BufferedImage of(byte[] cells) {
    if (format.photometric().isGrey()) {
      return grey(FrameCells.stored(format, cells));
    }
    return format.photometric() == Photometric.PALETTE_COLOR ? palette(cells) : colour(cells);
  }

  private BufferedImage grey(int[] stored) {
    var picture = new BufferedImage(format.columns(), format.rows(), BufferedImage.TYPE_BYTE_GRAY);
    byte[] bytes = ((DataBufferByte) picture.getRaster().getDataBuffer()).getData();
    Elements header = image.elements();
    double slope = header.decimal(Tag.RescaleSlope).orElse(1.0);
    double intercept = header.decimal(Tag.RescaleIntercept).orElse(0.0);
    Window shown = window.or(this::stated).orElseGet(() -> wholeRange(stored, slope, intercept));
    boolean inverted = format.photometric() == Photometric.MONOCHROME1;
    for (int i = 0; i < stored.length; i++) {
      double value = format.sample().valueOf(stored[i]) * slope + intercept;
      double brightness = shown.brightness(value);
      bytes[i] = (byte) Math.round(255 * (inverted ? 1 - brightness : brightness));
    }
    return picture;
  }

  private Optional<Window> stated() {
    Elements header = image.elements();
    Optional<Double> centre = header.decimal(Tag.WindowCenter);
    Optional<Double> width = header.decimal(Tag.WindowWidth).filter(value -> value > 0);
    if (centre.isEmpty() || width.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new Window(centre.orElseThrow(), width.orElseThrow(), Function.LINEAR));
  }

  private Window wholeRange(int[] stored, double slope, double intercept) {
    double lowest = Double.POSITIVE_INFINITY;
    double highest = Double.NEGATIVE_INFINITY;
    for (int one : stored) {
      double value = format.sample().valueOf(one) * slope + intercept;
      lowest = Math.min(lowest, value);
      highest = Math.max(highest, value);
    }
    double width = Math.max(highest - lowest, Double.MIN_NORMAL);
    return new Window(lowest + width / 2, width, Function.LINEAR_EXACT);
  }

  private BufferedImage colour(byte[] cells) {
    BufferedImage picture = rgb();
    byte[] rgb = Rgb.of(format, encoding(), cells);
    for (int i = 0; i < format.pixels(); i++) {
      int pixel = (rgb[3 * i] & 0xff) << 16 | (rgb[3 * i + 1] & 0xff) << 8 | rgb[3 * i + 2] & 0xff;
      picture.setRGB(i % format.columns(), i / format.columns(), pixel);
    }
    return picture;
  }

  private Encoding encoding() {
    return Encoding.of(image.transferSyntax()).orElse(Encoding.LITTLE_ENDIAN);
  }

  /** PS3.3 C.7.6.3.1.5 and C.7.6.3.1.6. */
  private BufferedImage palette(byte[] cells) {
    int[] indices = FrameCells.stored(format, cells);
    byte[] red =
        table(Tag.RedPaletteColorLookupTableDescriptor, Tag.RedPaletteColorLookupTableData);
    byte[] green =
        table(Tag.GreenPaletteColorLookupTableDescriptor, Tag.GreenPaletteColorLookupTableData);
    byte[] blue =
        table(Tag.BluePaletteColorLookupTableDescriptor, Tag.BluePaletteColorLookupTableData);
    int firstMapped = ints(Tag.RedPaletteColorLookupTableDescriptor)[1];
    BufferedImage picture = rgb();
    for (int i = 0; i < indices.length; i++) {
      int at = Math.max(0, Math.min(red.length - 1, indices[i] - firstMapped));
      int pixel = (red[at] & 0xff) << 16 | (green[at] & 0xff) << 8 | blue[at] & 0xff;
      picture.setRGB(i % format.columns(), i / format.columns(), pixel);
    }
    return picture;
  }

  private byte[] table(int descriptorTag, int dataTag) {
    int[] descriptor = ints(descriptorTag);
    int entries = descriptor[0] == 0 ? 1 << Short.SIZE : descriptor[0] & 0xffff;
    byte[] data = bytes(dataTag);
    boolean words = data.length >= 2 * entries;
    if (data.length < entries) {
      throw malformed();
    }
    byte[] table = new byte[entries];
    // Of words of 16 bits the more significant byte is what shows; of 8 bits the less.
    int offset = words && descriptor[2] > Byte.SIZE ? 1 : 0;
    for (int i = 0; i < entries; i++) {
      table[i] = data[words ? 2 * i + offset : i];
    }
    return table;
  }

  private int[] ints(int tag) {
    Attributes header = image.attributes();
    int[] values = header.getInts(tag);
    if (values == null || values.length < 3) {
      throw malformed();
    }
    return values;
  }

  private byte[] bytes(int tag) {
    try {
      byte[] value = image.attributes().getBytes(tag);
      if (value == null) {
        throw malformed();
      }
      return value;
    } catch (java.io.IOException e) {
      throw malformed();
    }
  }

  private static StudyRefused malformed() {
    return new StudyRefused(
        ReasonCode.MALFORMED_INSTANCE, "the instance has no whole palette of colours");
  }

  private BufferedImage rgb() {
    return new BufferedImage(format.columns(), format.rows(), BufferedImage.TYPE_INT_RGB);
  }
}
