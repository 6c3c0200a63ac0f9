package org.firstpass.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Set;
import org.firstpass.dicom.ArchivedContent;
import org.firstpass.dicom.InstanceSource;
import org.firstpass.dicom.ObjectIdentity;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.firstpass.failure.TryAgainLater;
import org.firstpass.peer.Download;
import org.firstpass.peer.WebCalls;

/**
 * Asks a DICOMweb server for what it was sent: QIDO-RS whether it knows it, and WADO-RS for its
 * content, which is compared.
 *
 * @see "PS3.18 sections 10.4 and 10.6"
 */
final class WebReadBack implements Confirmation {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String INSTANCE = "00080018";
  private static final String ANY_SYNTAX =
      "multipart/related; type=\"application/dicom\"; transfer-syntax=*";

  /** No retrieval, or not in this form: then QIDO-RS has to do. */
  private static final Set<Integer> NOT_RETRIEVABLE = Set.of(405, 406, 501);

  private static final Set<Integer> GONE = Set.of(204, 404, 410);
  private static final int OK = 200;
  private static final long ROOM = 1L << 20;

  private final WebCalls calls;

  WebReadBack(WebCalls calls) {
    this.calls = calls;
  }

  @Override
  public Answer confirm(InstanceSource sent, Duration limit) {
    ObjectIdentity identity = ObjectIdentity.read(sent);
    return isKnown(identity, limit) ? retrieve(identity, sent, limit) : Answer.MISSING;
  }

  private boolean isKnown(ObjectIdentity object, Duration limit) {
    WebCalls.Text answer =
        calls.get(instances(object) + "?SOPInstanceUID=" + object.instance(), limit);
    int status = answer.head().status();
    if (GONE.contains(status)) {
      return false;
    }
    if (status != OK) {
      throw calls.unavailable("answered the query with HTTP status " + status, null);
    }
    try {
      for (JsonNode match : MAPPER.readTree(answer.body())) {
        String found = match.path(INSTANCE).path("Value").path(0).asText("");
        if (found.equals(object.instance().value())) {
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      throw calls.unavailable("answered the query with what is no DICOM JSON", e);
    }
  }

  private Answer retrieve(ObjectIdentity object, InstanceSource sent, Duration limit) {
    String path = instances(object) + "/" + object.instance();
    try (Download answer = calls.download(path, ANY_SYNTAX, 2 * length(sent) + ROOM, limit)) {
      int status = answer.head().status();
      if (status == OK) {
        return compare(sent, answer.content());
      }
      if (NOT_RETRIEVABLE.contains(status)) {
        return Answer.KEPT;
      }
      if (GONE.contains(status)) {
        return Answer.MISSING;
      }
      throw calls.unavailable("answered the retrieval with HTTP status " + status, null);
    }
  }

  private static Answer compare(InstanceSource sent, InstanceSource found) {
    try {
      boolean same = ArchivedContent.of(sent).isKeptAs(ArchivedContent.of(found));
      return same ? Answer.KEPT : Answer.DIFFERENT;
    } catch (StudyRefused e) {
      return Answer.DIFFERENT;
    }
  }

  private static String instances(ObjectIdentity object) {
    return "/studies/"
        + object.reference().study()
        + "/series/"
        + object.reference().series()
        + "/instances";
  }

  private static long length(InstanceSource source) {
    try (InputStream in = source.open()) {
      return in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw new TryAgainLater(
          ReasonCode.STORE_UNAVAILABLE, "what was sent cannot be read again", e);
    }
  }
}
