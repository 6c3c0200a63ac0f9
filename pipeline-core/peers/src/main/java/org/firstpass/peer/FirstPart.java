package org.firstpass.peer;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.firstpass.dicom.InstanceSource;

/**
 * The content of a multipart answer with one part, which lies in a file.
 *
 * @see "RFC 2387, RFC 2046 section 5.1"
 */
final class FirstPart {
  private static final Pattern BOUNDARY =
      Pattern.compile("boundary=(?:\"([^\"]{1,200})\"|([^;\\s]{1,200}))", Pattern.CASE_INSENSITIVE);
  private static final String HEADERS_END = "\r\n\r\n";
  private static final int MAX_HEAD = 1 << 14;
  private static final int MAX_TAIL = 1 << 10;

  private FirstPart() {}

  /** All of the file if the content is not multipart, or not as it says. */
  static InstanceSource of(Path file, String contentType) throws IOException {
    Matcher boundary = BOUNDARY.matcher(contentType);
    if (!boundary.find()) {
      return () -> Files.newInputStream(file);
    }
    String name = boundary.group(1) != null ? boundary.group(1) : boundary.group(2);
    try (var whole = new RandomAccessFile(file.toFile(), "r")) {
      String head = text(whole, 0, MAX_HEAD);
      long tailAt = Math.max(0, whole.length() - MAX_TAIL);
      String tail = text(whole, tailAt, MAX_TAIL);
      int headersEnd = head.indexOf(HEADERS_END);
      int delimiter = tail.lastIndexOf("\r\n--" + name + "--");
      if (headersEnd < 0 || delimiter < 0) {
        return () -> Files.newInputStream(file);
      }
      long begin = headersEnd + HEADERS_END.length();
      long end = tailAt + delimiter;
      return () -> part(file, begin, end);
    }
  }

  private static String text(RandomAccessFile file, long position, int most) throws IOException {
    var bytes = new byte[(int) Math.min(most, file.length() - position)];
    file.seek(position);
    file.readFully(bytes);
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static InputStream part(Path file, long begin, long end) throws IOException {
    InputStream in = Files.newInputStream(file);
    try {
      in.skipNBytes(begin);
      return new Bounded(in, end - begin);
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  /** A stream that ends after so many bytes. */
  private static final class Bounded extends java.io.FilterInputStream {
    private long left;

    Bounded(InputStream in, long left) {
      super(in);
      this.left = left;
    }

    @Override
    public int read() throws IOException {
      if (left <= 0) {
        return -1;
      }
      left--;
      return super.read();
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      if (left <= 0) {
        return -1;
      }
      int read = super.read(target, offset, (int) Math.min(length, left));
      left -= Math.max(read, 0);
      return read;
    }

    @Override
    public long skip(long count) throws IOException {
      long skipped = super.skip(Math.min(count, left));
      left -= skipped;
      return skipped;
    }

    @Override
    public boolean markSupported() {
      return false;
    }
  }
}
