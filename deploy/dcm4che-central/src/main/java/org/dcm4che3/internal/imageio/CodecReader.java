package org.dcm4che3.internal.imageio;

import java.io.IOException;
import java.util.Locale;
import javax.imageio.ImageReader;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.stream.ImageInputStream;
import org.aoju.bus.image.nimble.opencv.NativeJ2kImageReaderSpi;
import org.aoju.bus.image.nimble.opencv.NativeJLSImageReaderSpi;
import org.aoju.bus.image.nimble.opencv.NativeJPEGImageReaderSpi;
import org.aoju.bus.image.nimble.reader.NativeDCMImageReaderSpi;
import org.aoju.bus.image.nimble.reader.NativeRLEImageReaderSpi;
import org.dcm4che3.opencv.NativeLibrary;

/**
 * A reader that Image I/O finds by its format name only. The fork's own providers also claim every
 * JPEG and JPEG 2000 file by its content, which would take ordinary images away from the JDK's
 * readers.
 */
public abstract class CodecReader extends ImageReaderSpi {
  private final ImageReaderSpi codec;
  private final boolean isNative;

  private CodecReader(ImageReaderSpi codec, boolean isNative, String formatName) {
    super(
        "Firstpass",
        "1",
        new String[] {formatName},
        null,
        null,
        codec.getPluginClassName(),
        new Class<?>[] {ImageInputStream.class},
        null,
        false,
        null,
        null,
        null,
        null,
        false,
        null,
        null,
        null,
        null);
    this.codec = codec;
    this.isNative = isNative;
  }

  @Override
  public boolean canDecodeInput(Object source) {
    return false;
  }

  @Override
  public ImageReader createReaderInstance(Object extension) throws IOException {
    if (isNative) {
      NativeLibrary.load();
    }
    return codec.createReaderInstance(extension);
  }

  @Override
  public String getDescription(Locale locale) {
    return codec.getDescription(locale);
  }

  public static final class Jpeg extends CodecReader {
    public Jpeg() {
      super(new NativeJPEGImageReaderSpi(), true, "jpeg-cv");
    }
  }

  public static final class JpegLs extends CodecReader {
    public JpegLs() {
      super(new NativeJLSImageReaderSpi(), true, "jpeg-ls-cv");
    }
  }

  public static final class Jpeg2000 extends CodecReader {
    public Jpeg2000() {
      super(new NativeJ2kImageReaderSpi(), true, "jpeg2000-cv");
    }
  }

  public static final class Rle extends CodecReader {
    public Rle() {
      super(new NativeRLEImageReaderSpi(), false, "rle");
    }
  }

  public static final class Dicom extends CodecReader {
    public Dicom() {
      super(new NativeDCMImageReaderSpi(), false, "DICOM");
    }
  }
}
