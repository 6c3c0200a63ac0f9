package org.firstpass.dicom;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * A data set as it comes over the network, which remembers that the peer went away.
 *
 * <p>Whatever the receiver makes of a read that failed, the association is what ended, and no
 * status can be sent.
 */
final class NetworkStream extends FilterInputStream {
  private @Nullable IOException failure;

  NetworkStream(InputStream data) {
    super(data);
  }

  void requireIntact() throws IOException {
    if (failure != null) {
      throw failure;
    }
  }

  @Override
  public int read() throws IOException {
    try {
      return super.read();
    } catch (IOException e) {
      failure = e;
      throw e;
    }
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    try {
      return super.read(target, offset, length);
    } catch (IOException e) {
      failure = e;
      throw e;
    }
  }

  @Override
  public long skip(long count) throws IOException {
    try {
      return super.skip(count);
    } catch (IOException e) {
      failure = e;
      throw e;
    }
  }

  @Override
  public void close() {
    // The association lives on.
  }
}
