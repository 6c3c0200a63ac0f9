package org.firstpass.dicom;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Counts what comes from a peer, and ends the stream at a message that is longer than it may be:
 * the toolkit reads the data set of a response into memory, however long it is.
 *
 * <p>One thread reads; the counters may be asked by others.
 */
final class ReceiveMeter {
  private static final int LONGEST_MESSAGE = BoundedDataset.MAX_BYTES;

  private volatile long total;
  private volatile boolean tooLong;
  private volatile boolean ended;
  private volatile long messageStart;
  private volatile boolean bounded = true;

  /** How many bytes have come. */
  long total() {
    return total;
  }

  /** Whether a message was longer than it may be. */
  boolean tooLong() {
    return tooLong;
  }

  /** Whether the peer, or what lies between, ended the connection. */
  boolean ended() {
    return ended;
  }

  /** A message has been read. */
  void message() {
    messageStart = total;
    bounded = true;
  }

  /** What comes next is an instance, which is bounded where it is stored. */
  void instance() {
    bounded = false;
  }

  InputStream measure(InputStream in) {
    return new Measured(in);
  }

  private final class Measured extends FilterInputStream {
    Measured(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      int read = read(one, 0, 1);
      return read < 0 ? read : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int read;
      try {
        read = super.read(target, offset, length);
      } catch (IOException e) {
        ended = true;
        throw e;
      }
      if (read < 0) {
        ended = true;
      } else {
        count(read);
      }
      return read;
    }

    private void count(int read) throws IOException {
      // Only this thread writes.
      long counted = total + read;
      total = counted;
      if (bounded && counted - messageStart > LONGEST_MESSAGE) {
        tooLong = true;
        throw new IOException("a message is longer than " + LONGEST_MESSAGE + " bytes");
      }
    }
  }
}
