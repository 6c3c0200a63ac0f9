package org.firstpass.dicom.pixel;

import java.io.EOFException;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.dcm4che3.io.DicomInputStream;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;

/**
 * The pixel data of one instance, read frame by frame.
 *
 * @param frames how many there must be
 * @param owner whose they are, in the words of a refusal, such as {@code instance 1.2.3}
 */
public record PixelData(PixelFormat format, int frames, Encoding encoding, String owner) {

  /** Takes one frame after the other. */
  @FunctionalInterface
  public interface FrameSink {
    /**
     * Takes one frame. May be called from several threads at once, for different frames.
     *
     * @param frame from 0
     * @param stored one stored value per pixel, row by row; sign extended, without overlay bits. Of
     *     a colour frame its luminance, 0 to 255. Only valid during the call
     */
    void accept(int frame, int[] stored);
  }

  /**
   * Reads every frame.
   *
   * @param in at the first byte of the pixel data
   * @throws StudyRefused DAMAGED_PIXEL_DATA if they are short or do not decode,
   *     UNSUPPORTED_PIXEL_FORMAT if this build does not read the format in this encoding
   * @throws IOException if the stream fails other than by ending early
   */
  public void read(DicomInputStream in, FrameSink sink) throws IOException {
    boolean fragments = in.length() == -1;
    if (fragments != encoding.encapsulated()) {
      throw damaged(
          "is " + (fragments ? "" : "not ") + "in fragments, against its transfer syntax");
    }
    try {
      if (fragments) {
        EncapsulatedFrames.of(in, this).decode(sink);
      } else {
        new UncompressedFrames(this).read(in, sink);
      }
    } catch (EOFException e) {
      throw new StudyRefused(
          ReasonCode.DAMAGED_PIXEL_DATA, owner + ": the pixel data end early", e);
    }
  }

  /** Takes one frame after the other as bytes. */
  @FunctionalInterface
  public interface CellSink {
    /**
     * Takes one frame. May be called from several threads at once, for different frames.
     *
     * @param frame from 0
     * @param cells only valid during the call
     */
    void accept(int frame, byte[] cells);
  }

  /**
   * Reads every frame of a colour image as red, green and blue of each pixel, side by side.
   *
   * @param in at the first byte of the pixel data
   * @throws StudyRefused as {@link #read}; UNSUPPORTED_PIXEL_FORMAT too if it is grey or of a
   *     palette
   * @throws IOException if the stream fails other than by ending early
   */
  public void readColour(DicomInputStream in, CellSink sink) throws IOException {
    if (!format.photometric().isColour()) {
      throw unsupported(format.photometric() + " as red, green and blue");
    }
    CellSink colour = (frame, cells) -> sink.accept(frame, Rgb.of(format, encoding, cells));
    boolean fragments = in.length() == -1;
    if (fragments != encoding.encapsulated()) {
      throw damaged(
          "is " + (fragments ? "" : "not ") + "in fragments, against its transfer syntax");
    }
    try {
      if (fragments) {
        List<byte[]> encoded = EncapsulatedFrames.of(in, this).encoded();
        IntStream.range(0, encoded.size())
            .parallel()
            .forEach(frame -> colour.accept(frame, FrameCells.decode(this, encoded.get(frame))));
      } else {
        new UncompressedFrames(this).readCells(in, colour);
      }
    } catch (EOFException e) {
      throw damaged("end early", e);
    }
  }

  StudyRefused damaged(String what) {
    return new StudyRefused(ReasonCode.DAMAGED_PIXEL_DATA, owner + ": the pixel data " + what);
  }

  StudyRefused damaged(String what, Throwable cause) {
    return new StudyRefused(
        ReasonCode.DAMAGED_PIXEL_DATA, owner + ": the pixel data " + what, cause);
  }

  StudyRefused unsupported(String what) {
    return new StudyRefused(
        ReasonCode.UNSUPPORTED_PIXEL_FORMAT, owner + ": this build does not read " + what);
  }
}
