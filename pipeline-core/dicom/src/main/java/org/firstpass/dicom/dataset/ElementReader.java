package org.firstpass.dicom.dataset;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;

/**
 * A data set read element by element, in bounded memory, whatever its syntax.
 *
 * <p>{@link #next} goes to the next token; what was not read of the current element is passed over.
 * Sequences of defined and of undefined length end with a token of their own. Not thread-safe.
 *
 * @see "PS3.5 section 7"
 */
public final class ElementReader {
  /** Where a token stands. */
  public enum Token {
    /** An element with a value of known length. */
    ELEMENT,
    SEQUENCE,
    ITEM,
    ITEM_END,
    SEQUENCE_END,
    /** Encapsulated pixel data; {@link #nextFragment} reads them. */
    FRAGMENTS,
    /** The end of the data set. */
    END
  }

  private static final int ITEM_TAG = 0xfffe_e000;
  private static final int ITEM_DELIMITER = 0xfffe_e00d;
  private static final int SEQUENCE_DELIMITER = 0xfffe_e0dd;
  private static final int PIXEL_DATA = 0x7fe0_0010;
  private static final int PIXEL_REPRESENTATION = 0x0028_0103;
  private static final long UNDEFINED = 0xffff_ffffL;
  private static final int DEEPEST = 32;
  private static final int BUFFER_BYTES = 1 << 16;

  /** A sequence or an item that is open. */
  private record Level(boolean sequence, long end, DataSetSyntax syntax) {}

  private final CountedInput in;
  private final Deque<Level> levels = new ArrayDeque<>();
  private final DataSetSyntax syntax;
  private int tag;
  private Vr vr = Vr.UN;
  private long length;
  private long left;
  private boolean inFragments;
  private boolean signedPixels;
  private int depth;

  /** A reader at the first byte of a data set. */
  public ElementReader(InputStream dataset, DataSetSyntax syntax) {
    InputStream bytes = syntax == DataSetSyntax.DEFLATED ? new Inflated(dataset) : dataset;
    this.in = new CountedInput(bytes);
    this.syntax = syntax;
  }

  /**
   * Goes on to the next token.
   *
   * @throws StudyRefused MALFORMED_INSTANCE
   */
  public Token next() throws IOException {
    if (inFragments) {
      while (nextFragment().isPresent()) {
        // What nobody read is passed over.
      }
    }
    in.skip(left);
    left = 0;
    Level level = levels.peek();
    if (level != null && level.end >= 0 && in.position() >= level.end) {
      return close(level);
    }
    return level != null && level.sequence ? item(level) : element(level);
  }

  /** The tag of the current element or sequence. */
  public int tag() {
    return tag;
  }

  public Vr vr() {
    return vr;
  }

  /** The length of the current value in bytes; -1 if it is not defined. */
  public long length() {
    return length == UNDEFINED ? -1 : length;
  }

  /** How many bytes of the data set were read, inflated if it is deflated. */
  public long position() {
    return in.position();
  }

  /** How many sequences are open around the current token. */
  public int depth() {
    return depth;
  }

  /** Whether the current value has its most significant byte first. */
  public boolean bigEndian() {
    return current().bigEndian();
  }

  /** The current value, in little endian. */
  public byte[] value() throws IOException {
    byte[] bytes = in.readBytes((int) left);
    left = 0;
    if (bigEndian()) {
      swap(bytes, vr.unit());
    }
    return bytes;
  }

  /** The current value byte by byte as it is written; ends with it. */
  public InputStream stream() {
    return new ValueStream();
  }

  /** The next fragment of encapsulated pixel data; the first one is the offset table. */
  public Optional<InputStream> nextFragment() throws IOException {
    in.skip(left);
    left = 0;
    int found = in.readShort(false) << 16 | in.readShort(false);
    long size = in.readInt(false) & UNDEFINED;
    if (found == SEQUENCE_DELIMITER) {
      inFragments = false;
      return Optional.empty();
    }
    if (found != ITEM_TAG || size == UNDEFINED) {
      throw in.malformed("expected a fragment");
    }
    left = size;
    return Optional.of(new ValueStream());
  }

  private Token close(Level level) {
    if (in.position() > level.end) {
      throw in.malformed("an element reaches beyond the sequence that holds it");
    }
    return pop();
  }

  private Token pop() {
    boolean sequence = levels.pop().sequence;
    depth -= sequence ? 1 : 0;
    return sequence ? Token.SEQUENCE_END : Token.ITEM_END;
  }

  private Token item(Level sequence) throws IOException {
    boolean bigEndian = sequence.syntax.bigEndian();
    int found = in.readShort(bigEndian) << 16 | in.readShort(bigEndian);
    long size = in.readInt(bigEndian) & UNDEFINED;
    if (found == SEQUENCE_DELIMITER && sequence.end < 0) {
      return pop();
    }
    if (found != ITEM_TAG) {
      throw in.malformed("expected an item of a sequence");
    }
    push(false, size, sequence.syntax);
    return Token.ITEM;
  }

  private Token element(Level item) throws IOException {
    DataSetSyntax written = item == null ? syntax : item.syntax;
    int first = in.readOrEnd();
    if (first < 0) {
      if (item != null) {
        throw in.malformed("it ends within a sequence");
      }
      return Token.END;
    }
    int second = in.read();
    int group = written.bigEndian() ? first << 8 | second : second << 8 | first;
    int number = in.readShort(written.bigEndian());
    tag = group << 16 | number;
    if (tag == ITEM_DELIMITER && item != null && item.end < 0) {
      in.skip(Integer.BYTES);
      return pop();
    }
    if (group == 0xfffe) {
      throw in.malformed("a delimiter that ends nothing");
    }
    readLength(written);
    return begin(written);
  }

  private void readLength(DataSetSyntax written) throws IOException {
    if (!written.explicit()) {
      length = in.readInt(false) & UNDEFINED;
      vr = ImplicitVr.of(tag, signedPixels);
      return;
    }
    String name = "" + (char) in.read() + (char) in.read();
    Optional<Vr> known = Vr.of(name);
    if (known.isEmpty() && !name.matches("[A-Z]{2}")) {
      throw in.malformed("expected a value representation");
    }
    vr = known.orElse(Vr.UN);
    if (vr.longForm()) {
      in.skip(2);
      length = in.readInt(written.bigEndian()) & UNDEFINED;
    } else {
      length = in.readShort(written.bigEndian());
    }
  }

  private Token begin(DataSetSyntax written) throws IOException {
    if (length == UNDEFINED && tag == PIXEL_DATA) {
      inFragments = true;
      return Token.FRAGMENTS;
    }
    if (vr == Vr.SQ || length == UNDEFINED) {
      // A sequence of unknown VR is implicit (PS3.5 6.2.2 note 4).
      DataSetSyntax inside = vr == Vr.UN ? DataSetSyntax.IMPLICIT_LITTLE_ENDIAN : written;
      vr = Vr.SQ;
      push(true, length, inside);
      return Token.SEQUENCE;
    }
    Level level = levels.peek();
    if (level != null && level.end >= 0 && in.position() + length > level.end) {
      throw in.malformed("an element reaches beyond the sequence that holds it");
    }
    left = length;
    if (tag == PIXEL_REPRESENTATION && levels.isEmpty() && length == 2) {
      // It says which VR later elements of an implicit data set have.
      signedPixels = in.peekShort(written.bigEndian()) == 1;
    }
    return Token.ELEMENT;
  }

  private void push(boolean sequence, long size, DataSetSyntax inside) {
    if (levels.size() >= 2 * DEEPEST) {
      throw in.malformed("sequences are nested deeper than " + DEEPEST);
    }
    long end = size == UNDEFINED ? -1 : in.position() + size;
    Level around = levels.peek();
    if (around != null && around.end >= 0 && end > around.end) {
      throw in.malformed("an item reaches beyond the sequence that holds it");
    }
    levels.push(new Level(sequence, end, inside));
    depth += sequence ? 1 : 0;
  }

  private DataSetSyntax current() {
    Level level = levels.peek();
    return level == null ? syntax : level.syntax;
  }

  static void swap(byte[] bytes, int unit) {
    for (int at = 0; unit > 1 && at + unit <= bytes.length; at += unit) {
      for (int i = 0; i < unit / 2; i++) {
        byte first = bytes[at + i];
        bytes[at + i] = bytes[at + unit - 1 - i];
        bytes[at + unit - 1 - i] = first;
      }
    }
  }

  /** A deflated data set; what does not inflate is malformed, not a failing stream. */
  private static final class Inflated extends InflaterInputStream {
    Inflated(InputStream deflated) {
      super(deflated, new Inflater(true), BUFFER_BYTES);
    }

    @Override
    public int read(byte[] target, int offset, int count) throws IOException {
      try {
        return super.read(target, offset, count);
      } catch (ZipException | EOFException e) {
        throw new StudyRefused(
            ReasonCode.MALFORMED_INSTANCE, "a deflated data set does not inflate", e);
      }
    }
  }

  private final class ValueStream extends InputStream {
    @Override
    public int read() throws IOException {
      if (left == 0) {
        return -1;
      }
      left--;
      return in.read();
    }

    @Override
    public int read(byte[] target, int offset, int count) throws IOException {
      if (count == 0) {
        return 0;
      }
      if (left == 0) {
        return -1;
      }
      int read = in.read(target, offset, (int) Math.min(count, left));
      left -= read;
      return read;
    }

    @Override
    public long skip(long count) throws IOException {
      long skipped = Math.min(Math.max(count, 0), left);
      in.skip(skipped);
      left -= skipped;
      return skipped;
    }
  }
}
