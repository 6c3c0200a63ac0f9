package org.firstpass.dicom.dataset;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;

/**
 * A data set written element by element in Explicit VR Little Endian, sequences and items of
 * undefined length. Not thread-safe.
 *
 * @see "PS3.5 section 7"
 */
public final class ElementWriter {
  private static final int UNDEFINED = -1;
  private static final int ITEM = 0xfffe_e000;
  private static final int ITEM_DELIMITER = 0xfffe_e00d;
  private static final int SEQUENCE_DELIMITER = 0xfffe_e0dd;
  private static final int LONGEST_SHORT = 0xffff;

  private final OutputStream out;

  public ElementWriter(OutputStream out) {
    this.out = out;
  }

  /**
   * Writes a value, padded to an even length.
   *
   * @param value in little endian
   */
  public void element(int tag, Vr vr, byte[] value) throws IOException {
    // What does not fit in the short form is UN (PS3.5 6.2.2 note 2).
    Vr written = !vr.longForm() && value.length > LONGEST_SHORT - 1 ? Vr.UN : vr;
    header(tag, written, value.length + value.length % 2);
    out.write(value);
    if (value.length % 2 == 1) {
      out.write(padding(vr));
    }
  }

  /**
   * Writes a long value, padded to an even length.
   *
   * @param value in little endian, of this many bytes
   */
  public void element(int tag, Vr vr, InputStream value, long length) throws IOException {
    OutputStream target = begin(tag, vr, length);
    long copied = value.transferTo(target);
    if (copied != length) {
      throw new StudyRefused(
          ReasonCode.MALFORMED_INSTANCE, "a value of " + length + " bytes has only " + copied);
    }
    end(length);
  }

  /** Begins a long value; its bytes follow, and then {@link #end}. */
  public OutputStream begin(int tag, Vr vr, long length) throws IOException {
    long padded = length + length % 2;
    if (!vr.longForm() || padded >= 0xffff_ffffL) {
      throw new StudyRefused(
          ReasonCode.TOO_LARGE, "a value of " + length + " bytes cannot be written");
    }
    header(tag, vr, (int) padded);
    return out;
  }

  /** Ends what was begun, with padding. */
  public void end(long length) throws IOException {
    if (length % 2 == 1) {
      out.write(0);
    }
  }

  public void beginSequence(int tag) throws IOException {
    header(tag, Vr.SQ, UNDEFINED);
  }

  public void beginItem() throws IOException {
    tag(ITEM);
    writeInt(UNDEFINED);
  }

  public void endItem() throws IOException {
    tag(ITEM_DELIMITER);
    writeInt(0);
  }

  public void endSequence() throws IOException {
    tag(SEQUENCE_DELIMITER);
    writeInt(0);
  }

  private static int padding(Vr vr) {
    return switch (vr.kind()) {
      case TEXT -> vr == Vr.UI ? 0 : ' ';
      case NATIONAL, DECIMAL -> ' ';
      case NUMBER, TAG, BINARY, SEQUENCE -> 0;
    };
  }

  private void header(int tag, Vr vr, int length) throws IOException {
    tag(tag);
    out.write(vr.name().charAt(0));
    out.write(vr.name().charAt(1));
    if (vr.longForm()) {
      writeShort(0);
      writeInt(length);
    } else {
      writeShort(length);
    }
  }

  private void tag(int tag) throws IOException {
    writeShort(tag >>> 16);
    writeShort(tag);
  }

  private void writeShort(int value) throws IOException {
    out.write(value);
    out.write(value >>> 8);
  }

  private void writeInt(int value) throws IOException {
    writeShort(value);
    writeShort(value >>> 16);
  }
}
