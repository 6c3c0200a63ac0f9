package org.firstpass.correction;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Bytes that do not change, without a copy for each who looks. */
public final class ByteContent {
  private final byte[] bytes;

  /** The array is taken over, not copied: the caller lets go of it. */
  public ByteContent(byte[] bytes) {
    this.bytes = bytes;
  }

  public int size() {
    return bytes.length;
  }

  public void writeTo(OutputStream out) throws IOException {
    out.write(bytes);
  }

  public InputStream open() {
    return new ByteArrayInputStream(bytes);
  }
}
