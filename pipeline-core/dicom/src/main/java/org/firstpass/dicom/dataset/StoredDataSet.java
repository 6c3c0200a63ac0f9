package org.firstpass.dicom.dataset;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.firstpass.dicom.InstanceSource;
import org.firstpass.dicom.WatchedStream;
import org.firstpass.failure.FirstpassFailure;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.firstpass.failure.TryAgainLater;

/**
 * An instance as a DICOM file, opened at the first byte of its data set. Not thread-safe.
 *
 * @see "PS3.10 section 7"
 */
public final class StoredDataSet implements AutoCloseable {
  private static final int PREAMBLE_BYTES = 128;
  private static final int LARGEST_META_BYTES = 1 << 16;
  private static final int SOP_CLASS = 0x0002_0002;
  private static final int SOP_INSTANCE = 0x0002_0003;
  private static final int TRANSFER_SYNTAX = 0x0002_0010;
  private static final int GROUP_LENGTH = 0x0002_0000;
  private static final int BUFFER_BYTES = 1 << 16;

  private final InputStream bytes;
  private final Map<Integer, String> meta;

  private StoredDataSet(InputStream bytes, Map<Integer, String> meta) {
    this.bytes = bytes;
    this.meta = meta;
  }

  /** Reads one instance. */
  public interface Reading<T> {
    T read(StoredDataSet stored) throws IOException;
  }

  /**
   * Opens, reads and closes.
   *
   * @throws StudyRefused MALFORMED_INSTANCE, or what the reading refuses
   * @throws TryAgainLater STORE_UNAVAILABLE if the source cannot be read
   * @throws UncheckedIOException if the reading itself fails, for instance where it writes to
   */
  public static <T> T with(InstanceSource source, Reading<T> reading) {
    try (var watched = new WatchedStream(source.open())) {
      return with(watched, reading);
    } catch (IOException e) {
      throw unavailable(e);
    }
  }

  private static <T> T with(WatchedStream watched, Reading<T> reading) {
    try {
      return reading.read(of(watched));
    } catch (IOException e) {
      // What fails on the other side, where the reading writes to, is not the store's fault.
      throw watched.failed() ? unavailable(e) : new UncheckedIOException(e);
    }
  }

  private static TryAgainLater unavailable(IOException cause) {
    return new TryAgainLater(
        ReasonCode.STORE_UNAVAILABLE, "an instance cannot be read from where it is stored", cause);
  }

  /**
   * Reads preamble and File Meta Information.
   *
   * @param part10 is closed with this
   * @throws StudyRefused MALFORMED_INSTANCE if they are not there or name no transfer syntax
   */
  public static StoredDataSet of(InputStream part10) throws IOException {
    var in = new BufferedInputStream(part10, BUFFER_BYTES);
    try {
      return new StoredDataSet(in, readMeta(in));
    } catch (IOException | FirstpassFailure e) {
      in.close();
      throw e;
    }
  }

  /** Transfer Syntax UID (0002,0010). */
  public String transferSyntax() {
    return meta.getOrDefault(TRANSFER_SYNTAX, "");
  }

  /** Media Storage SOP Class UID (0002,0002). */
  public Optional<String> sopClass() {
    return Optional.ofNullable(meta.get(SOP_CLASS));
  }

  /** Media Storage SOP Instance UID (0002,0003). */
  public Optional<String> sopInstance() {
    return Optional.ofNullable(meta.get(SOP_INSTANCE));
  }

  /** The data set as it is written, deflated if it is. */
  public InputStream bytes() {
    return bytes;
  }

  /** Reads the data set; to be asked for once. */
  public ElementReader elements() {
    return new ElementReader(bytes, DataSetSyntax.of(transferSyntax()));
  }

  private static Map<Integer, String> readMeta(BufferedInputStream in) throws IOException {
    byte[] start = in.readNBytes(PREAMBLE_BYTES + 4);
    if (start.length < PREAMBLE_BYTES + 4
        || !Arrays.equals(
            start,
            PREAMBLE_BYTES,
            start.length,
            "DICM".getBytes(StandardCharsets.US_ASCII),
            0,
            4)) {
      throw malformed("expected a preamble and DICM");
    }
    byte[] group = metaGroup(in);
    var reader =
        new ElementReader(new ByteArrayInputStream(group), DataSetSyntax.EXPLICIT_LITTLE_ENDIAN);
    Map<Integer, String> meta = new TreeMap<>();
    while (reader.next() == ElementReader.Token.ELEMENT) {
      if (reader.vr() == Vr.UI) {
        String uid = new String(reader.value(), StandardCharsets.US_ASCII);
        meta.put(reader.tag(), uid.replace("\0", "").strip());
      }
    }
    if (meta.getOrDefault(TRANSFER_SYNTAX, "").isEmpty()) {
      throw malformed("the File Meta Information names no transfer syntax");
    }
    return meta;
  }

  private static byte[] metaGroup(BufferedInputStream in) throws IOException {
    byte[] first = in.readNBytes(12);
    boolean length =
        first.length == 12
            && tag(first) == GROUP_LENGTH
            && first[4] == 'U'
            && first[5] == 'L'
            && littleEndian(first, 8) > 0
            && littleEndian(first, 8) <= LARGEST_META_BYTES;
    if (!length) {
      throw malformed("expected File Meta Information with its length");
    }
    int size = littleEndian(first, 8);
    byte[] group = in.readNBytes(size);
    if (group.length < size) {
      throw malformed("it ends within the File Meta Information");
    }
    return group;
  }

  private static int tag(byte[] bytes) {
    return (bytes[1] & 0xff) << 24
        | (bytes[0] & 0xff) << 16
        | (bytes[3] & 0xff) << 8
        | bytes[2] & 0xff;
  }

  private static int littleEndian(byte[] bytes, int at) {
    return bytes[at] & 0xff
        | (bytes[at + 1] & 0xff) << 8
        | (bytes[at + 2] & 0xff) << 16
        | (bytes[at + 3] & 0xff) << 24;
  }

  private static StudyRefused malformed(String what) {
    return new StudyRefused(ReasonCode.MALFORMED_INSTANCE, "no DICOM file: " + what);
  }

  @Override
  public void close() throws IOException {
    bytes.close();
  }
}
