package org.firstpass.dicom;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Remembers whether the stream below it failed, whatever the reader makes of that. */
public class WatchedStream extends FilterInputStream {
  private @Nullable IOException failure;

  public WatchedStream(InputStream in) {
    super(in);
  }

  /** Whether the stream below failed. */
  public final boolean failed() {
    return failure != null;
  }

  /** Throws what the stream below threw, if it did. */
  final void requireIntact() throws IOException {
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

  final void closeQuietly() {
    try {
      close();
    } catch (IOException e) {
      // All that is needed has been read; a failing close changes nothing.
    }
  }
}
