package org.firstpass.dicom;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.DimseRSP;
import org.dcm4che3.net.InputStreamDataWriter;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.TryAgainLater;

/** Sends what the queue has over one association, and opens another one if it breaks. */
final class QueueRun {
  private static final int PRIORITY_MEDIUM = 0;
  private static final int WARNING = 0xB000;
  private static final int WARNING_MASK = 0xF000;

  /** A file that was sent, and the answer that is to come. */
  private record UnderWay(OutgoingFile file, DimseRSP response) {}

  private final RequestorNode network;
  private final SendQueue queue;

  QueueRun(RequestorNode network, SendQueue queue) {
    this.network = network;
    this.queue = queue;
  }

  /** Sends until nothing waits; returns why not, if an association could not be opened. */
  Optional<TryAgainLater> run() {
    while (queue.size() > 0) {
      Association association;
      try {
        association = network.open(queue.syntaxes());
      } catch (TryAgainLater e) {
        return Optional.of(e);
      }
      drain(association);
      network.release(association);
    }
    return Optional.empty();
  }

  /** Keeps as many files under way as the peer allows, so that no round trip is waited for. */
  private void drain(Association association) {
    int window = network.window(association);
    Deque<UnderWay> underWay = new ArrayDeque<>();
    boolean intact = true;
    Optional<OutgoingFile> next = queue.take();
    while (intact && next.isPresent()) {
      intact = send(association, next.get(), underWay);
      while (intact && underWay.size() >= window) {
        intact = settle(association, underWay.remove());
      }
      next = intact ? queue.take() : Optional.empty();
    }
    underWay.forEach(sent -> settle(association, sent));
  }

  /** Whether the association is still good. */
  private boolean send(Association association, OutgoingFile file, Deque<UnderWay> underWay) {
    String accepted = file.header().transferSyntax();
    if (!association.getTransferSyntaxesFor(file.sopClass()).contains(accepted)) {
      queue.fail(
          file.path(),
          ReasonCode.UNSUPPORTED_TRANSFER_SYNTAX,
          0,
          "the peer does not take SOP class " + file.sopClass() + " in " + accepted);
      return true;
    }
    try (InputStream dataset = file.dataset()) {
      DimseRSP response =
          RequestorNode.invoke(
              () ->
                  association.cstore(
                      file.sopClass(),
                      file.instance(),
                      PRIORITY_MEDIUM,
                      new InputStreamDataWriter(dataset),
                      accepted));
      underWay.add(new UnderWay(file, response));
      return true;
    } catch (IOException e) {
      broke(file);
      return false;
    } catch (TryAgainLater e) {
      queue.fail(file.path(), e.code(), 0, "the file cannot be read any more");
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while sending", e);
    }
  }

  /** Waits for the answer to one file; whether the association is still good. */
  private boolean settle(Association association, UnderWay sent) {
    try {
      int status = RequestorNode.onlyStatus(association, sent.response());
      record(sent.file(), status, sent.response().getCommand());
      return true;
    } catch (IOException e) {
      broke(sent.file());
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while sending", e);
    }
  }

  private void broke(OutgoingFile file) {
    if (!queue.putBack(file)) {
      queue.fail(
          file.path(), ReasonCode.PEER_UNAVAILABLE, 0, "the association broke while it was sent");
    }
  }

  private void record(OutgoingFile file, int status, Attributes response) {
    if (status == 0 || (status & WARNING_MASK) == WARNING) {
      queue.stored();
      return;
    }
    boolean outOfResources = (status & 0xFF00) == 0xA700;
    queue.fail(
        file.path(),
        outOfResources ? ReasonCode.PEER_UNAVAILABLE : ReasonCode.MALFORMED_INSTANCE,
        status,
        "the peer answered status %04XH %s"
            .formatted(status, response.getString(Tag.ErrorComment, ""))
            .strip());
  }
}
