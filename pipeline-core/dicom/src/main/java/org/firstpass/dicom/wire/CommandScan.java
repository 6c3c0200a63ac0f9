package org.firstpass.dicom.wire;

/**
 * Looks at a command set as it passes, so that it can be neither long nor deep: elements of group
 * 0000 only, none of undefined length, all of them together no longer than {@value
 * Bounds#LONGEST_COMMAND} bytes.
 *
 * <p>Not safe for use by several threads.
 *
 * @see "PS3.7 6.3.1"
 */
final class CommandScan {
  private static final int HEADER = 8;
  private static final int COMMAND_FIELD = 0x0100;
  private static final int DATA_SET_TYPE = 0x0800;
  private static final int NO_DATA_SET = 0x0101;
  private static final int RESPONSE = 0x8000;

  private int total;
  private int headerRead;
  private int group;
  private int element;
  private int length;
  private int valueRead;
  private int value;
  private int field;
  private int dataSetType;

  /** False if this is not how a command set goes on. */
  boolean accepts(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (++total > Bounds.LONGEST_COMMAND) {
        return false;
      }
      int octet = Byte.toUnsignedInt(bytes[i]);
      if (headerRead < HEADER) {
        header(octet);
        if (headerRead == HEADER
            && (group != 0 || length < 0 || length > Bounds.LONGEST_COMMAND - total)) {
          return false;
        }
      } else {
        value(octet);
      }
      if (headerRead == HEADER && valueRead == length) {
        end();
      }
    }
    return true;
  }

  /** Whether it ends where an element ends. */
  boolean isWhole() {
    return headerRead == 0;
  }

  boolean isResponse() {
    return (field & RESPONSE) != 0;
  }

  boolean hasDataSet() {
    return dataSetType != NO_DATA_SET;
  }

  private void header(int octet) {
    switch (headerRead) {
      case 0 -> group = octet;
      case 1 -> group |= octet << 8;
      case 2 -> element = octet;
      case 3 -> element |= octet << 8;
      case 4 -> length = octet;
      default -> length |= octet << 8 * (headerRead - 4);
    }
    headerRead++;
    valueRead = 0;
    value = 0;
  }

  private void value(int octet) {
    if (valueRead < 2) {
      value |= octet << 8 * valueRead;
    }
    valueRead++;
  }

  private void end() {
    if (element == COMMAND_FIELD) {
      field = value;
    } else if (element == DATA_SET_TYPE) {
      dataSetType = value;
    }
    headerRead = 0;
  }
}
