package org.firstpass.dicom;

import java.io.IOException;
import java.io.InputStream;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.io.DicomInputStream;

/**
 * A data set that may have only so many sequence items and, inflated, only so many bytes: items
 * cost many times the memory that they take in the file.
 */
final class BoundedInput extends DicomInputStream {
  private final int mostItems;
  private final long mostBytes;
  private int items;

  BoundedInput(InputStream in, int mostItems, long mostBytes) throws IOException {
    super(in);
    this.mostItems = mostItems;
    this.mostBytes = mostBytes;
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
    if (getPosition() + Integer.toUnsignedLong(Math.max(length(), 0)) > mostBytes) {
      throw new IllegalArgumentException("the data set has more than " + mostBytes + " bytes");
    }
    super.readValue(in, attributes);
  }
}
