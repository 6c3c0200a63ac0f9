package org.dcm4che3.internal.imageio;

import java.io.IOException;
import java.util.Locale;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.spi.ImageWriterSpi;
import javax.imageio.stream.ImageOutputStream;
import org.aoju.bus.image.nimble.opencv.NativeJ2kImageWriterSpi;
import org.aoju.bus.image.nimble.opencv.NativeJLSImageWriterSpi;
import org.aoju.bus.image.nimble.opencv.NativeJPEGImageWriterSpi;
import org.dcm4che3.opencv.NativeLibrary;

/** A writer that Image I/O finds by its format name only, as {@link CodecReader}. */
public abstract class CodecWriter extends ImageWriterSpi {
  private final ImageWriterSpi codec;

  private CodecWriter(ImageWriterSpi codec, String formatName) {
    super(
        "Firstpass",
        "1",
        new String[] {formatName},
        null,
        null,
        codec.getPluginClassName(),
        new Class<?>[] {ImageOutputStream.class},
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
  }

  @Override
  public boolean canEncodeImage(ImageTypeSpecifier type) {
    return codec.canEncodeImage(type);
  }

  @Override
  public ImageWriter createWriterInstance(Object extension) throws IOException {
    NativeLibrary.load();
    return codec.createWriterInstance(extension);
  }

  @Override
  public String getDescription(Locale locale) {
    return codec.getDescription(locale);
  }

  public static final class Jpeg extends CodecWriter {
    public Jpeg() {
      super(new NativeJPEGImageWriterSpi(), "jpeg-cv");
    }
  }

  public static final class JpegLs extends CodecWriter {
    public JpegLs() {
      super(new NativeJLSImageWriterSpi(), "jpeg-ls-cv");
    }
  }

  public static final class Jpeg2000 extends CodecWriter {
    public Jpeg2000() {
      super(new NativeJ2kImageWriterSpi(), "jpeg2000-cv");
    }
  }
}
