package org.firstpass.dicom;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.TryAgainLater;

/**
 * The bytes of a source, which tells a source that cannot be read from bytes that do not parse, and
 * ends a header that has no end.
 */
final class SourceStream extends FilterInputStream {
  private long read;
  private boolean header = true;

  SourceStream(InstanceSource source) {
    super(open(source));
  }

  private static InputStream open(InstanceSource source) {
    try {
      return source.open();
    } catch (IOException e) {
      throw new SourceUnavailable(e);
    }
  }

  @Override
  public int read() {
    try {
      int value = super.read();
      count(value < 0 ? 0 : 1);
      return value;
    } catch (IOException e) {
      throw new SourceUnavailable(e);
    }
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    try {
      int count = super.read(target, offset, length);
      count(count);
      return count;
    } catch (IOException e) {
      throw new SourceUnavailable(e);
    }
  }

  @Override
  public long skip(long count) {
    try {
      return super.skip(count);
    } catch (IOException e) {
      throw new SourceUnavailable(e);
    }
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  /** What follows may be longer than any header. */
  void endOfHeader() {
    header = false;
  }

  private void count(int bytes) {
    read += Math.max(bytes, 0);
    if (header && read > BoundedInput.MOST_BYTES) {
      throw new IllegalArgumentException(
          "the header has more than " + BoundedInput.MOST_BYTES + " bytes");
    }
  }

  /** The source cannot be read. */
  static final class SourceUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SourceUnavailable(IOException cause) {
      super(cause);
    }

    TryAgainLater tryAgain() {
      return new TryAgainLater(
          ReasonCode.STORE_UNAVAILABLE, "the bytes of an instance cannot be read", getCause());
    }
  }
}
