package org.firstpass.dicomweb;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The parts of a multipart body, one after the other, while it comes in.
 *
 * <p>No more than a buffer of it is held, whatever it says. A delimiter counts at the beginning of
 * a line and with nothing but blanks behind it; what only looks like one is content. A body that
 * ends without its last delimiter, or whose part headers are too long, is {@link Malformed}. Not
 * thread-safe.
 *
 * @see "RFC 2046 section 5.1.1, RFC 2387"
 */
public final class MultipartParts {
  private static final int BUFFER_BYTES = 1 << 16;
  private static final int LONGEST_HEADERS = 1 << 14;

  /** RFC 2046 allows 70, and Orthanc sends 73. */
  private static final int LONGEST_BOUNDARY = 200;

  private static final int LONGEST_PADDING = 128;

  /** The body is not what multipart says. */
  public static final class Malformed extends IOException {
    private static final long serialVersionUID = 1L;

    Malformed(String message) {
      super(message);
    }
  }

  /**
   * One part.
   *
   * @param headers by lower-case name; of equal ones the first
   * @param content to be read before the next part is asked for; what is not read is passed over
   */
  public record Part(Map<String, String> headers, InputStream content) {
    /** A header, empty if it is not there. */
    public String header(String name) {
      return headers.getOrDefault(name, "");
    }
  }

  private final InputStream in;
  private final byte[] delimiter;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int begin;
  private int end;
  private boolean ended;

  /** So many bytes from the beginning of the buffer are known to be content. */
  private int known;

  private boolean finished;

  /**
   * A body.
   *
   * @throws Malformed if the boundary has not 1 to 200 printable characters
   */
  public MultipartParts(InputStream body, String boundary) throws Malformed {
    if (!boundary.matches("[ -~]{1," + LONGEST_BOUNDARY + "}") || boundary.endsWith(" ")) {
      throw new Malformed("a boundary has 1 to 200 printable characters");
    }
    this.in = body;
    this.delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.US_ASCII);
    // The first delimiter needs no line end before it.
    buffer[0] = '\r';
    buffer[1] = '\n';
    this.end = 2;
  }

  /**
   * The next part, none after the last one.
   *
   * @throws Malformed if the body is none
   */
  public Optional<Part> next() throws IOException {
    if (finished) {
      return Optional.empty();
    }
    // The rest of the part before, or what stands before the first one.
    var rest = new Content();
    while (rest.skip(BUFFER_BYTES) > 0) {
      // Passed over, a buffer at a time.
    }
    begin += delimiter.length;
    if (!require(2)) {
      throw new Malformed("the body ends within a delimiter");
    }
    if (buffer[begin] == '-' && buffer[begin + 1] == '-') {
      finished = true;
      return Optional.empty();
    }
    require(LONGEST_PADDING + 2);
    begin += paddingAt(begin) + 2;
    return Optional.of(new Part(headers(), new Content()));
  }

  private Map<String, String> headers() throws IOException {
    Map<String, String> headers = new TreeMap<>();
    int total = 0;
    String line = line(LONGEST_HEADERS);
    while (!line.isEmpty()) {
      total += line.length();
      int colon = line.indexOf(':');
      if (colon < 1 || total > LONGEST_HEADERS) {
        throw new Malformed("a part has headers that are none, or too long");
      }
      headers.putIfAbsent(
          line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
          line.substring(colon + 1).strip());
      line = line(LONGEST_HEADERS - total);
    }
    return headers;
  }

  private String line(int longest) throws IOException {
    var line = new StringBuilder();
    while (require(2)) {
      if (buffer[begin] == '\r' && buffer[begin + 1] == '\n') {
        begin += 2;
        return line.toString();
      }
      if (line.length() >= longest) {
        throw new Malformed("the headers of a part are too long");
      }
      line.append((char) (buffer[begin++] & 0xff));
    }
    throw new Malformed("the body ends within the headers of a part");
  }

  /** Fills the buffer to so many bytes; false if the body ends before. */
  private boolean require(int bytes) throws IOException {
    while (end - begin < bytes && !ended) {
      if (begin > 0) {
        System.arraycopy(buffer, begin, buffer, 0, end - begin);
        end -= begin;
        begin = 0;
      }
      int read = in.read(buffer, end, buffer.length - end);
      ended = read < 0;
      end += Math.max(0, read);
    }
    return end - begin >= bytes;
  }

  /** How many blanks stand at a place, before a line end; -1 if something else does. */
  private int paddingAt(int at) {
    int i = at;
    while (i < end && (buffer[i] == ' ' || buffer[i] == '\t') && i - at < LONGEST_PADDING) {
      i++;
    }
    return i + 1 < end && buffer[i] == '\r' && buffer[i + 1] == '\n' ? i - at : -1;
  }

  /** Whether the buffer has a whole delimiter at a place. */
  private boolean isDelimiter(int at) {
    int after = at + delimiter.length;
    if (!Arrays.equals(buffer, at, after, delimiter, 0, delimiter.length)) {
      return false;
    }
    boolean last = after + 1 < end && buffer[after] == '-' && buffer[after + 1] == '-';
    return last || paddingAt(after) >= 0;
  }

  /** What lies before the next delimiter. */
  private final class Content extends InputStream {
    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int count = Math.min(length, content());
      if (count == 0) {
        return length == 0 ? 0 : -1;
      }
      System.arraycopy(buffer, begin, target, offset, count);
      take(count);
      return count;
    }

    @Override
    public long skip(long count) throws IOException {
      int skipped = (int) Math.min(Math.max(count, 0), content());
      take(skipped);
      return skipped;
    }

    private void take(int count) {
      begin += count;
      known -= count;
    }

    /** How many bytes of content the buffer begins with; 0 at the delimiter. */
    private int content() throws IOException {
      if (known == 0) {
        known = look();
      }
      return known;
    }

    private int look() throws IOException {
      int whole = delimiter.length + LONGEST_PADDING + 2;
      require(whole + 1);
      // Behind this a delimiter may have begun that is not whole yet.
      int last = ended ? end - delimiter.length : end - whole;
      for (int at = begin; at <= last; at++) {
        if (buffer[at] == '\r' && isDelimiter(at)) {
          return at - begin;
        }
      }
      if (ended) {
        throw new Malformed("the body ends without its last delimiter");
      }
      return last - begin;
    }
  }
}
