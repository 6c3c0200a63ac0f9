package org.firstpass.dicom;

import java.io.IOException;
import java.io.InputStream;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.VR;
import org.dcm4che3.io.DicomInputStream;

/**
 * A data set that may have only so many sequence items and, inflated, only so many bytes of values:
 * items cost many times the memory that they take in the file, and a deflated file a thousandth.
 *
 * <p>A length that lies takes no memory either: a value grows with the bytes that are there.
 */
final class BoundedInput extends DicomInputStream {
  /** More than any object needs: 20,000 frames have about 160,000 items. */
  static final int MOST_ITEMS = 1 << 21;

  /** More than any header that was met; an enhanced series of 20,000 frames has about 30 MB. */
  static final long MOST_BYTES = 256L << 20;

  /**
   * Of one level, ten times the elements of the richest module: in descending order each costs the
   * toolkit a move of all others.
   */
  private static final int MOST_ELEMENTS = 20_000;

  private static final int FIRST_ALLOCATION = 1 << 16;

  /** What an element takes besides its value. */
  private static final int ELEMENT_BYTES = 16;

  private final int mostItems;
  private final long mostBytes;
  private int items;
  private long bytes;

  /** A file with as much in it as any header may have. */
  BoundedInput(InputStream in) throws IOException {
    this(in, MOST_ITEMS, MOST_BYTES);
  }

  BoundedInput(InputStream in, int mostItems, long mostBytes) throws IOException {
    super(in);
    this.mostItems = mostItems;
    this.mostBytes = mostBytes;
    setAllocateLimit(FIRST_ALLOCATION);
  }

  /** A data set without File Meta Information. */
  BoundedInput(InputStream in, String transferSyntax, int mostItems, long mostBytes)
      throws IOException {
    super(in, transferSyntax);
    this.mostItems = mostItems;
    this.mostBytes = mostBytes;
    setAllocateLimit(FIRST_ALLOCATION);
  }

  @Override
  public void readValue(DicomInputStream in, Sequence sequence) throws IOException {
    items++;
    if (items > mostItems) {
      throw new IllegalArgumentException("the data set has more than " + mostItems + " items");
    }
    super.readValue(in, sequence);
  }

  @Override
  public void readValue(DicomInputStream in, Attributes attributes) throws IOException {
    bytes += ELEMENT_BYTES + (vr() == VR.SQ ? 0 : Math.max(length(), 0));
    if (bytes > mostBytes) {
      throw new IllegalArgumentException("the data set has more than " + mostBytes + " bytes");
    }
    if (attributes.size() >= MOST_ELEMENTS) {
      throw new IllegalArgumentException(
          "the data set has more than " + MOST_ELEMENTS + " elements of one level");
    }
    super.readValue(in, attributes);
  }
}
