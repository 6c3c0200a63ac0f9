package org.firstpass.dicom.web;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.Optional;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.firstpass.dicom.InstanceSource;
import org.firstpass.dicom.dataset.StoredDataSet;
import org.firstpass.dicom.pixel.FrameCells;
import org.firstpass.dicom.pixel.PixelData;
import org.firstpass.failure.Defect;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;

/**
 * Frames as pictures for people: windowed, scaled, in 8 bits. Nothing is drawn onto them.
 *
 * @see "PS3.18 section 8.3.5, PS3.3 C.11.1, C.11.2"
 */
public final class FrameRendering {
  private FrameRendering() {}

  /**
   * Renders one frame.
   *
   * @param frame from 1
   * @return the picture in its format; empty if there is no such frame
   * @throws StudyRefused NO_PIXEL_DATA, UNSUPPORTED_TRANSFER_SYNTAX, UNSUPPORTED_PIXEL_FORMAT,
   *     DAMAGED_PIXEL_DATA or MALFORMED_INSTANCE
   */
  public static Optional<byte[]> render(InstanceSource instance, int frame, Rendering rendering) {
    return StoredDataSet.with(
        instance,
        stored -> {
          ImageHeader image = ImageHeader.read(stored);
          PixelData data = image.pixelData();
          Optional<byte[]> cells = frame(image, data, frame);
          if (cells.isEmpty()) {
            return Optional.empty();
          }
          BufferedImage picture =
              new Picture(image, data.format(), rendering.window()).of(cells.orElseThrow());
          BufferedImage shown =
              rendering.viewport().map(view -> scaled(picture, view)).orElse(picture);
          return Optional.of(encode(shown, rendering));
        });
  }

  private static Optional<byte[]> frame(ImageHeader image, PixelData data, int wanted)
      throws IOException {
    StoredFrames frames = StoredFrames.of(image);
    Optional<byte[]> frame = frames.next();
    for (int number = 1; number < wanted && frame.isPresent(); number++) {
      frame = frames.next();
    }
    return image.encapsulated() ? frame.map(bytes -> FrameCells.decode(data, bytes)) : frame;
  }

  private static BufferedImage scaled(BufferedImage picture, Rendering.Viewport view) {
    int left = Math.min(view.left(), picture.getWidth() - 1);
    int top = Math.min(view.top(), picture.getHeight() - 1);
    int width = part(view.partWidth(), picture.getWidth() - left);
    int height = part(view.partHeight(), picture.getHeight() - top);
    double scale = Math.min((double) view.width() / width, (double) view.height() / height);
    int targetWidth = Math.max(1, (int) Math.round(width * scale));
    int targetHeight = Math.max(1, (int) Math.round(height * scale));
    var target = new BufferedImage(targetWidth, targetHeight, picture.getType());
    Graphics2D graphics = target.createGraphics();
    try {
      graphics.setRenderingHint(
          RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
      graphics.drawImage(
          picture, 0, 0, targetWidth, targetHeight, left, top, left + width, top + height, null);
    } finally {
      graphics.dispose();
    }
    return target;
  }

  private static int part(int asked, int there) {
    return asked == 0 ? there : Math.min(asked, there);
  }

  private static byte[] encode(BufferedImage picture, Rendering rendering) throws IOException {
    ImageWriter writer = writer(rendering.format());
    var bytes = new ByteArrayOutputStream();
    try (var out = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(out);
      ImageWriteParam parameters = writer.getDefaultWriteParam();
      if (rendering.format() == Rendering.Format.JPEG && rendering.quality().isPresent()) {
        parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        parameters.setCompressionQuality(rendering.quality().getAsInt() / 100f);
      }
      writer.write(null, new IIOImage(picture, null, null), parameters);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  /** The platform's own writer: the toolkit's native ones are for DICOM. */
  private static ImageWriter writer(Rendering.Format format) {
    Iterator<ImageWriter> writers = ImageIO.getImageWritersByMIMEType(format.mediaType());
    while (writers.hasNext()) {
      ImageWriter writer = writers.next();
      if (writer.getClass().getName().startsWith("com.sun.imageio.")) {
        return writer;
      }
    }
    throw new Defect(ReasonCode.UNEXPECTED, "the platform writes no " + format.mediaType());
  }
}
