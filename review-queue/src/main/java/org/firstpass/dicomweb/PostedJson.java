package org.firstpass.dicomweb;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.firstpass.dicom.InstanceSource;
import org.firstpass.dicom.web.JsonDataSet;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;

/**
 * Instances that are posted as DICOM JSON: the first part has their attributes, the others their
 * bulk data, uncompressed, each under the URI by which the attributes name it.
 *
 * <p>The parts are kept in files of a folder of its own, which is deleted when this is closed. Not
 * thread-safe.
 *
 * @see "PS3.18 section 10.5.1.2, F.3"
 */
final class PostedJson implements AutoCloseable {
  private static final int LARGEST_JSON = 32 << 20;
  private static final int MOST_PARTS = 10_000;

  private final Path folder;
  private final Map<String, Path> bulk = new HashMap<>();
  private final List<JsonDataSet> instances;

  private PostedJson(Path folder, List<JsonDataSet> instances) {
    this.folder = folder;
    this.instances = instances;
  }

  /**
   * Reads all parts.
   *
   * @throws StudyRefused MALFORMED_INSTANCE if the first part is no DICOM JSON, or is too large
   */
  static PostedJson read(MultipartParts parts) throws IOException {
    Optional<MultipartParts.Part> first = parts.next();
    List<JsonDataSet> instances =
        first.isPresent()
            ? JsonDataSet.read(new Limited(first.orElseThrow().content()))
            : List.of();
    var posted = new PostedJson(Files.createTempDirectory("firstpass-stow"), instances);
    try {
      Optional<MultipartParts.Part> part = parts.next();
      while (part.isPresent()) {
        posted.keep(part.orElseThrow());
        part = parts.next();
      }
      return posted;
    } catch (IOException | RuntimeException e) {
      posted.close();
      throw e;
    }
  }

  private void keep(MultipartParts.Part part) throws IOException {
    if (bulk.size() == MOST_PARTS) {
      throw new StudyRefused(ReasonCode.TOO_LARGE, "more than " + MOST_PARTS + " parts");
    }
    Path file = folder.resolve(Integer.toString(bulk.size()));
    try (OutputStream out = Files.newOutputStream(file)) {
      part.content().transferTo(out);
    }
    // Codestreams are not put into a data set that is not compressed.
    String type = part.header("content-type");
    if (type.isEmpty() || type.toLowerCase(Locale.ROOT).startsWith(FrameFormat.OCTETS)) {
      bulk.put(part.header("content-location"), file);
    }
  }

  List<JsonDataSet> instances() {
    return instances;
  }

  /** The instance as a DICOM file; who opens it closes it. */
  InputStream open(JsonDataSet instance) throws IOException {
    Path file = folder.resolve("instance");
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      instance.write(this::bulk, out);
    }
    return new BufferedInputStream(Files.newInputStream(file));
  }

  private Optional<InstanceSource> bulk(String uri) {
    return Optional.ofNullable(bulk.get(uri)).map(file -> () -> Files.newInputStream(file));
  }

  @Override
  public void close() throws IOException {
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  /** Refuses what goes on and on. */
  private static final class Limited extends FilterInputStream {
    private long read;

    Limited(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int count = super.read(target, offset, length);
      read += Math.max(0, count);
      if (read > LARGEST_JSON) {
        throw new StudyRefused(
            ReasonCode.TOO_LARGE, "DICOM JSON of more than " + LARGEST_JSON + " bytes");
      }
      return count;
    }

    @Override
    public boolean markSupported() {
      return false;
    }
  }
}
