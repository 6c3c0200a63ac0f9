package org.firstpass.delivery;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.firstpass.dicom.InstanceSource;
import org.firstpass.dicom.ObjectIdentity;
import org.firstpass.dicom.StoreAnswer;
import org.firstpass.dicom.StoreAnswer.Kind;
import org.firstpass.peer.WebCalls;

/**
 * STOW-RS: one object a request.
 *
 * @see "PS3.18 section 10.5"
 */
final class StowDoor implements Door {
  private final WebCalls calls;

  StowDoor(WebCalls calls) {
    this.calls = calls;
  }

  /** There is no negotiation: a form that is not taken is followed by the next one. */
  @Override
  public StoreAnswer store(List<InstanceSource> forms, Duration limit) {
    StoreAnswer answer = StoreAnswer.NOT_TAKEN;
    for (InstanceSource form : forms) {
      answer = store(form, limit);
      if (answer.kind() != Kind.REFUSED) {
        return answer;
      }
    }
    return answer;
  }

  private StoreAnswer store(InstanceSource form, Duration limit) {
    ObjectIdentity identity = ObjectIdentity.read(form);
    // Derived, so that a request is the same bytes again; no object has it in it by chance.
    String boundary = "firstpass-" + identity.instance();
    WebCalls.Text answer =
        calls.post(
            "/studies",
            "multipart/related; type=\"application/dicom\"; boundary=\"" + boundary + "\"",
            body(form, boundary),
            limit);
    WebCalls.Head head = answer.head();
    return StowAnswer.of(answer.body(), identity.instance()).orElseGet(() -> byHttp(head));
  }

  /** What the status line alone says. */
  private static StoreAnswer byHttp(WebCalls.Head head) {
    String told = "HTTP status " + head.status();
    if (head.status() == 200) {
      return new StoreAnswer(Kind.STORED, told);
    }
    boolean busy = head.isPassing() || head.status() < 300;
    return new StoreAnswer(busy ? Kind.BUSY : Kind.REFUSED, told);
  }

  private static BodyPublisher body(InstanceSource form, String boundary) {
    byte[] begin =
        ("--" + boundary + "\r\nContent-Type: application/dicom\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII);
    byte[] end = ("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.US_ASCII);
    return BodyPublishers.fromPublisher(
        BodyPublishers.concat(
            BodyPublishers.ofByteArray(begin),
            BodyPublishers.ofInputStream(() -> open(form)),
            BodyPublishers.ofByteArray(end)),
        begin.length + length(form) + end.length);
  }

  private static long length(InstanceSource form) {
    try (InputStream in = form.open()) {
      return in.transferTo(java.io.OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InputStream open(InstanceSource form) {
    try {
      return form.open();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
