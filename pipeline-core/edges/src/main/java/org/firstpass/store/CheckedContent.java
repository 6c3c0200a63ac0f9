package org.firstpass.store;

import java.io.FilterInputStream;
import java.io.IOException;
import java.security.DigestInputStream;
import org.firstpass.study.Sha256;

/** A stream that fails at its end if what it gave is not what its name says. */
final class CheckedContent extends FilterInputStream {
  private static final int SKIP_BYTES = 8192;

  private final DigestInputStream content;
  private final Sha256 expected;
  private boolean checked;

  CheckedContent(DigestInputStream content, Sha256 expected) {
    super(content);
    this.content = content;
    this.expected = expected;
  }

  static String damaged(Sha256 digest) {
    return "object " + digest + " is damaged: its content has another digest";
  }

  @Override
  public int read() throws IOException {
    int value = super.read();
    check(value);
    return value;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int read = super.read(buffer, offset, length);
    check(read);
    return read;
  }

  // Skipped bytes count for the digest as well.
  @Override
  public long skip(long count) throws IOException {
    byte[] buffer = new byte[SKIP_BYTES];
    long left = count;
    while (left > 0) {
      int read = read(buffer, 0, (int) Math.min(buffer.length, left));
      if (read < 0) {
        break;
      }
      left -= read;
    }
    return count - left;
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  private void check(int read) throws IOException {
    if (read < 0 && !checked) {
      checked = true;
      if (!Sha256.from(content.getMessageDigest().digest()).equals(expected)) {
        throw new IOException(damaged(expected));
      }
    }
  }
}
