package org.firstpass.dicom.pixel;

import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.DataBufferShort;
import java.awt.image.DataBufferUShort;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Fragments;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.dcm4che3.imageio.plugins.dcm.DicomImageReader;
import org.dcm4che3.io.DicomInputStream;
import org.dcm4che3.io.DicomOutputStream;
import org.firstpass.failure.Defect;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;

/**
 * One JPEG, JPEG-LS or JPEG 2000 frame, decoded by the toolkit's native codec.
 *
 * <p>The frame is handed over as a small DICOM file of its own: that path decodes right where
 * others fail, and nothing else in the instance's header can disturb it.
 */
final class Codestream {
  private static final byte[] NO_OFFSETS = {};

  static {
    registerCodecs();
  }

  private final PixelData data;
  private final PixelFormat format;
  private final byte[] bytes;

  /** Checks what the codestream says of itself, before anything is allocated for its pixels. */
  Codestream(PixelData data, byte[] bytes) {
    this.data = data;
    this.format = data.format();
    this.bytes = bytes;
    CodestreamHeader.of(data, bytes).requireMatch(data);
  }

  void decode(int[] stored) {
    Raster raster = checked();
    if (format.photometric().isGrey()) {
      copyGrey(raster.getDataBuffer(), stored);
    } else {
      copyLuminance(raster, stored);
    }
  }

  /** Red, green and blue of each pixel, side by side. */
  void decodeColour(byte[] cells) {
    Raster raster = checked();
    int[] row = new int[3 * format.columns()];
    for (int y = 0; y < format.rows(); y++) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, format.columns(), 1, row);
      for (int i = 0; i < row.length; i++) {
        cells[y * row.length + i] = (byte) row[i];
      }
    }
  }

  private Raster checked() {
    Raster raster = read();
    if (raster.getWidth() != format.columns()
        || raster.getHeight() != format.rows()
        || raster.getNumBands() != format.samples()) {
      throw data.damaged(
          "decode to "
              + raster.getWidth()
              + " x "
              + raster.getHeight()
              + " pixels of "
              + raster.getNumBands()
              + " samples");
    }
    return raster;
  }

  private Raster read() {
    ImageReader reader = reader();
    try (var in = new DicomInputStream(new ByteArrayInputStream(file()))) {
      reader.setInput(in);
      return reader.readRaster(0, null);
    } catch (IllegalStateException e) {
      throw new StudyRefused(
          ReasonCode.UNSUPPORTED_TRANSFER_SYNTAX,
          data.owner() + ": there is no native codec for " + data.encoding() + " on this platform",
          e);
    } catch (IOException | RuntimeException e) {
      throw data.damaged("do not decode as " + data.encoding(), e);
    } finally {
      reader.dispose();
    }
  }

  private static ImageReader reader() {
    Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName("DICOM");
    while (readers.hasNext()) {
      if (readers.next() instanceof DicomImageReader reader) {
        return reader;
      }
    }
    throw new Defect(ReasonCode.UNEXPECTED, "the DICOM image reader is not registered");
  }

  /** Image I/O looks for codecs with the class loader of whichever thread asks it first. */
  private static void registerCodecs() {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(DicomImageReader.class.getClassLoader());
    try {
      ImageIO.scanForPlugins();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private byte[] file() throws IOException {
    var image = new Attributes();
    image.setInt(Tag.SamplesPerPixel, VR.US, format.samples());
    image.setString(Tag.PhotometricInterpretation, VR.CS, photometric());
    if (format.samples() > 1) {
      image.setInt(Tag.PlanarConfiguration, VR.US, 0);
    }
    image.setInt(Tag.Rows, VR.US, format.rows());
    image.setInt(Tag.Columns, VR.US, format.columns());
    image.setInt(Tag.BitsAllocated, VR.US, format.sample().bitsAllocated());
    image.setInt(Tag.BitsStored, VR.US, format.sample().bitsStored());
    image.setInt(Tag.HighBit, VR.US, format.sample().highBit());
    image.setInt(Tag.PixelRepresentation, VR.US, format.sample().signed() ? 1 : 0);
    Fragments fragments = image.newFragments(Tag.PixelData, VR.OB, 2);
    fragments.add(NO_OFFSETS);
    fragments.add(bytes);
    var file = new ByteArrayOutputStream(bytes.length + 1024);
    try (var out = new DicomOutputStream(file, UID.ExplicitVRLittleEndian)) {
      out.writeDataset(
          Attributes.createFileMetaInformation("2.25.1", "2.25.1", transferSyntax()), image);
    }
    return file.toByteArray();
  }

  private String photometric() {
    return format.photometric().name().equals("PALETTE_COLOR")
        ? "PALETTE COLOR"
        : format.photometric().name();
  }

  private String transferSyntax() {
    return switch (data.encoding()) {
      case JPEG -> UID.JPEGLosslessSV1;
      case JPEG_LS -> UID.JPEGLSLossless;
      case JPEG_2000 -> UID.JPEG2000;
      case LITTLE_ENDIAN, BIG_ENDIAN, RUN_LENGTH ->
          throw new IllegalStateException(data.encoding() + " has no codestream");
    };
  }

  private void copyGrey(DataBuffer buffer, int[] stored) {
    SampleFormat sample = format.sample();
    boolean bytesWillDo = sample.bitsStored() <= Byte.SIZE || !sample.signed();
    if (buffer instanceof DataBufferByte samples
        && samples.getSize() == stored.length
        && bytesWillDo) {
      byte[] cells = samples.getData();
      for (int i = 0; i < stored.length; i++) {
        stored[i] = sample.storedValue(cells[i] & 0xff);
      }
    } else if (buffer instanceof DataBufferUShort samples && samples.getSize() == stored.length) {
      unpack(samples.getData(), stored);
    } else if (buffer instanceof DataBufferShort samples && samples.getSize() == stored.length) {
      unpack(samples.getData(), stored);
    } else {
      throw data.unsupported(
          format.sample().bitsAllocated() + " bits in " + data.encoding() + " encoding");
    }
  }

  private void unpack(short[] cells, int[] stored) {
    for (int i = 0; i < stored.length; i++) {
      stored[i] = format.sample().storedValue(cells[i]);
    }
  }

  /** The codecs turn every colour into RGB. */
  private void copyLuminance(Raster raster, int[] stored) {
    int[] row = new int[3 * format.columns()];
    for (int y = 0; y < format.rows(); y++) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, format.columns(), 1, row);
      for (int x = 0; x < format.columns(); x++) {
        stored[y * format.columns() + x] =
            Luminance.ofRgb(row[3 * x], row[3 * x + 1], row[3 * x + 2]);
      }
    }
  }
}
