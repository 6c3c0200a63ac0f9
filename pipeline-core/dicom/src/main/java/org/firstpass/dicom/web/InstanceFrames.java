package org.firstpass.dicom.web;

import java.io.IOException;
import java.util.Optional;
import java.util.SortedSet;
import org.firstpass.dicom.InstanceSource;
import org.firstpass.dicom.dataset.StoredDataSet;
import org.firstpass.dicom.pixel.FrameCells;
import org.firstpass.dicom.pixel.PixelData;
import org.firstpass.failure.StudyRefused;

/** The frames of an instance, as stored or decoded, one at a time. */
public final class InstanceFrames {
  private InstanceFrames() {}

  /**
   * What is known before the first frame is read.
   *
   * @param count Number of Frames (0028,0008), 1 if absent
   * @param encapsulated whether the stored frames are codestreams
   */
  public record Summary(int count, boolean encapsulated, String transferSyntax) {}

  /** Takes one frame after the other. */
  public interface Sink {
    /**
     * Takes a frame.
     *
     * @param number from 1
     */
    void accept(int number, byte[] frame) throws IOException;
  }

  /**
   * Reads the header only.
   *
   * @throws StudyRefused MALFORMED_INSTANCE, or NO_PIXEL_DATA
   */
  public static Summary summary(InstanceSource instance) {
    return StoredDataSet.with(
        instance,
        stored -> {
          ImageHeader image = ImageHeader.read(stored);
          return new Summary(image.frames(), image.encapsulated(), image.transferSyntax());
        });
  }

  /**
   * Refuses what cannot be decoded, as far as the header says.
   *
   * @throws StudyRefused UNSUPPORTED_TRANSFER_SYNTAX, UNSUPPORTED_PIXEL_FORMAT
   */
  public static void requireDecodable(InstanceSource instance) {
    StoredDataSet.with(
        instance,
        stored -> {
          ImageHeader image = ImageHeader.read(stored);
          return image.encapsulated() ? image.pixelData().frames() : image.frames();
        });
  }

  /**
   * Reads some frames, in their order.
   *
   * @param numbers from 1
   * @param decoded whether codestreams become uncompressed frames in little endian
   */
  public static void read(
      InstanceSource instance, SortedSet<Integer> numbers, boolean decoded, Sink sink) {
    StoredDataSet.with(instance, stored -> read(stored, numbers, decoded, sink));
  }

  private static boolean read(
      StoredDataSet stored, SortedSet<Integer> numbers, boolean decoded, Sink sink)
      throws IOException {
    ImageHeader image = ImageHeader.read(stored);
    Optional<PixelData> decoding =
        decoded && image.encapsulated() ? Optional.of(image.pixelData()) : Optional.empty();
    StoredFrames frames = StoredFrames.of(image);
    for (int number = 1; number <= numbers.last(); number++) {
      Optional<byte[]> frame = frames.next();
      if (frame.isEmpty()) {
        return false;
      }
      if (numbers.contains(number)) {
        byte[] bytes = frame.orElseThrow();
        sink.accept(number, decoding.map(data -> FrameCells.decode(data, bytes)).orElse(bytes));
      }
    }
    return true;
  }
}
