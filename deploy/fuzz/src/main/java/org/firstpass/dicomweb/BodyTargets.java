package org.firstpass.dicomweb;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.firstpass.dicom.InstanceHeader;
import org.firstpass.dicom.InstanceSource;
import org.firstpass.dicom.Part10;
import org.firstpass.dicom.PostedInstance;
import org.firstpass.dicom.dataset.StoredDataSet;
import org.firstpass.dicom.web.DicomJson;
import org.firstpass.dicom.web.JsonDataSet;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.firstpass.fuzz.FuzzTarget;
import org.firstpass.http.AcceptedType;
import org.firstpass.http.ApiRefusal;
import org.firstpass.study.Sha256;
import org.firstpass.study.SopClassUid;
import org.firstpass.study.SopInstanceUid;
import org.firstpass.study.TransferSyntaxUid;

/**
 * Bodies of requests to store. The first line of an input is the Content-Type, the rest the body.
 */
public final class BodyTargets {
  private static final String FILES =
      "multipart/related; type=\"application/dicom\"; boundary=\"XX\"\n";
  private static final String JSON =
      "multipart/related; type=\"application/dicom+json\"; boundary=XX\n";

  /** Under which nothing is stored. */
  private static final Sha256 CONTENT = Sha256.of(new byte[0]);

  private BodyTargets() {}

  public static List<FuzzTarget> all() {
    return List.of(
        new Body("multipart", BodyTargets::multipart), new Body("stow", BodyTargets::stow));
  }

  private interface Taking {
    void take(AcceptedType type, InputStream body) throws IOException;
  }

  /** A body taken in one way. */
  private record Body(String name, Taking taking) implements FuzzTarget {
    @Override
    public List<byte[]> seeds() {
      return BodyTargets.seeds();
    }

    @Override
    public void run(byte[] input) throws IOException {
      int end = 0;
      while (end < input.length && input[end] != '\n') {
        end++;
      }
      String line = new String(input, 0, end, StandardCharsets.ISO_8859_1);
      List<AcceptedType> types = AcceptedType.parse(line);
      if (types.size() != 1) {
        throw new StudyRefused(ReasonCode.MALFORMED_INSTANCE, "no content type");
      }
      int from = Math.min(input.length, end + 1);
      taking.take(types.get(0), new ByteArrayInputStream(input, from, input.length - from));
    }

    @Override
    public boolean isAnswer(Throwable failure) {
      return failure instanceof MultipartParts.Malformed || failure instanceof ApiRefusal;
    }
  }

  private static void multipart(AcceptedType type, InputStream body) throws IOException {
    var parts = new MultipartParts(body, type.parameters().getOrDefault("boundary", ""));
    Optional<MultipartParts.Part> part = parts.next();
    for (int number = 0; part.isPresent(); number++) {
      InputStream content = part.orElseThrow().content();
      // Every other part is left for the parser to pass over.
      if (number % 2 == 0) {
        content.transferTo(OutputStream.nullOutputStream());
      }
      part = parts.next();
    }
  }

  /** All that storing does but to store: instances are read as the index and the gateway do. */
  private static void stow(AcceptedType type, InputStream body) throws IOException {
    var parts = new MultipartParts(body, type.parameters().getOrDefault("boundary", ""));
    List<StudyRefused> refusals = new ArrayList<>();
    if (type.partType().equals(DicomJson.MEDIA_TYPE)) {
      try (PostedJson posted = PostedJson.read(parts)) {
        for (JsonDataSet instance : posted.instances()) {
          store(() -> posted.open(instance), refusals);
        }
      }
    } else {
      Optional<MultipartParts.Part> part = parts.next();
      while (part.isPresent()) {
        MultipartParts.Part file = part.orElseThrow();
        store(file::content, refusals);
        part = parts.next();
      }
    }
    if (!refusals.isEmpty()) {
      throw refusals.get(0);
    }
  }

  /** Opens the file of one instance. */
  private interface Opening {
    InputStream open() throws IOException;
  }

  private static void store(Opening file, List<StudyRefused> refusals) throws IOException {
    try (InputStream bytes = file.open()) {
      PostedInstance posted = PostedInstance.of(StoredDataSet.of(bytes));
      byte[] part10 = posted.incoming().part10().readAllBytes();
      InstanceSource source = () -> new ByteArrayInputStream(part10);
      IndexedInstance.read(source, CONTENT, part10.length);
      InstanceHeader.read(source);
    } catch (StudyRefused e) {
      refusals.add(e);
    }
  }

  private static List<byte[]> seeds() {
    byte[] file =
        Part10.header(
            new SopClassUid("1.2.840.10008.5.1.4.1.1.2"),
            new SopInstanceUid("2.25.1"),
            new TransferSyntaxUid("1.2.840.10008.1.2.1"));
    byte[] json =
        """
        [{"00080016":{"vr":"UI","Value":["1.2.840.10008.5.1.4.1.1.2"]},\
        "00080018":{"vr":"UI","Value":["2.25.1"]},"7FE00010":{"vr":"OW","BulkDataURI":"b"}}]"""
            .getBytes(StandardCharsets.UTF_8);
    return List.of(
        body(FILES, part("Content-Type: application/dicom", file), part("", file)),
        body(
            JSON,
            part("Content-Type: application/dicom+json", json),
            part(
                "Content-Type: application/octet-stream\r\nContent-Location: b",
                new byte[] {1, 2})),
        body(FILES));
  }

  private static byte[] body(String contentType, byte[]... parts) {
    var out = new ByteArrayOutputStream();
    out.writeBytes(contentType.getBytes(StandardCharsets.US_ASCII));
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    out.writeBytes("--XX--\r\n".getBytes(StandardCharsets.US_ASCII));
    return out.toByteArray();
  }

  private static byte[] part(String headers, byte[] content) {
    var out = new ByteArrayOutputStream();
    String line = headers.isEmpty() ? "" : headers + "\r\n";
    out.writeBytes(("--XX\r\n" + line + "\r\n").getBytes(StandardCharsets.US_ASCII));
    out.writeBytes(content);
    out.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
    return out.toByteArray();
  }
}
