package org.firstpass.dicom;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.dcm4che3.data.UID;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.DimseRSP;
import org.firstpass.dicom.CommitmentReport.Failure;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.firstpass.failure.TryAgainLater;
import org.firstpass.study.DicomUid;
import org.firstpass.study.InstanceReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks an archive to take responsibility for instances, and tells others that we do.
 *
 * @see "PS3.4 annex J"
 */
public final class StorageCommitment {
  /** How long an association is held for an answer that may come by another one. */
  private static final Duration HELD = Duration.ofSeconds(5);

  /** No such SOP class, no such action, unrecognized operation. */
  private static final Set<Integer> NOT_OFFERED = Set.of(0x0122, 0x0123, 0x0211);

  private static final Logger LOG = LoggerFactory.getLogger(StorageCommitment.class);

  private StorageCommitment() {}

  /**
   * Asks and waits for the answer on the same association only: for archives that are known to
   * answer so, and where nothing listens.
   *
   * @see #request(DicomPeer, UUID, List, CommitmentInbox, Duration)
   */
  public static CommitmentReport request(
      DicomPeer peer, List<InstanceReference> instances, Duration patience) {
    try (var node = new RequestorNode(peer)) {
      var inbox = new CommitmentInbox();
      return new Request(node, UUID.randomUUID(), instances, inbox).run(patience, patience);
    }
  }

  /**
   * Asks and waits for the answer, whichever association brings it: the one that asked, or one that
   * the archive opens to the {@link StorageScp} that has the same inbox.
   *
   * <p>What comes back has every instance that was asked for once: one that the archive does not
   * name is not committed, with Processing Failure.
   *
   * @param transaction gives the Transaction UID; must not be under way
   * @throws org.firstpass.failure.StudyRefused SERVICE_NOT_OFFERED if the peer has no storage
   *     commitment
   * @throws TryAgainLater PEER_UNAVAILABLE if it cannot be asked, COMMITMENT_UNANSWERED if it was
   *     asked and did not answer in time
   */
  public static CommitmentReport request(
      DicomPeer peer,
      UUID transaction,
      List<InstanceReference> instances,
      CommitmentInbox inbox,
      Duration patience) {
    Duration held = patience.compareTo(HELD) < 0 ? patience : HELD;
    try (var node = new RequestorNode(peer)) {
      return new Request(node, transaction, instances, inbox).run(held, patience);
    }
  }

  /**
   * Tells a requester on a new association what became of its request.
   *
   * @throws org.firstpass.failure.StudyRefused SERVICE_NOT_OFFERED if it takes no such report
   * @throws TryAgainLater PEER_UNAVAILABLE if it cannot be told, or answers with a failure
   */
  public static void report(DicomPeer requester, CommitmentReport report) {
    try (var node = new RequestorNode(requester)) {
      Association association = node.open(UID.StorageCommitmentPushModel, true);
      try {
        String syntax =
            association.getTransferSyntaxesFor(UID.StorageCommitmentPushModel).iterator().next();
        if (!CommitmentService.send(association, report, syntax)) {
          throw node.unavailable("did not take the report", null);
        }
      } catch (IOException e) {
        throw node.unavailable("did not answer the report", e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw node.unavailable("was not waited for", e);
      } finally {
        node.release(association);
      }
    }
  }

  /** One request of ours. */
  private static final class Request {
    private final RequestorNode node;
    private final String transaction;
    private final List<ReferencedInstance> instances;
    private final CommitmentInbox inbox;

    Request(
        RequestorNode node,
        UUID transaction,
        List<InstanceReference> instances,
        CommitmentInbox inbox) {
      this.node = node.serving(CommitmentService.hearing(inbox));
      this.transaction = DicomUid.of(transaction);
      this.instances = instances.stream().map(ReferencedInstance::of).distinct().toList();
      this.inbox = inbox;
      if (instances.isEmpty()) {
        throw new IllegalArgumentException("no instances to ask for");
      }
    }

    CommitmentReport run(Duration held, Duration patience) {
      CompletableFuture<CommitmentReport> answer = inbox.expect(transaction);
      try {
        Association association = node.open(UID.StorageCommitmentPushModel, false);
        try {
          ask(association);
          answer.get(held.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
          LOG.debug("transaction {} is not answered on the association that asked", transaction);
        } finally {
          node.release(association);
        }
        Duration left = patience.minus(held);
        return settled(answer.get(left.toMillis(), TimeUnit.MILLISECONDS));
      } catch (TimeoutException | ExecutionException e) {
        throw new TryAgainLater(
            ReasonCode.COMMITMENT_UNANSWERED,
            "transaction " + transaction + " was not answered within " + patience,
            e);
      } catch (IOException e) {
        throw node.unavailable("did not answer the commitment request", e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw node.unavailable("was not waited for", e);
      } finally {
        inbox.forget(transaction);
      }
    }

    private void ask(Association association) throws IOException, InterruptedException {
      DimseRSP response =
          RequestorNode.invoke(
              () ->
                  association.naction(
                      UID.StorageCommitmentPushModel,
                      UID.StorageCommitmentPushModelInstance,
                      CommitmentMessage.ACTION_REQUEST,
                      CommitmentMessage.request(transaction, instances),
                      null));
      int status = RequestorNode.onlyStatus(association, response);
      if (NOT_OFFERED.contains(status)) {
        throw new StudyRefused(
            ReasonCode.SERVICE_NOT_OFFERED,
            "the peer answered the commitment request with status %04XH".formatted(status));
      }
      if (status != 0) {
        throw node.unavailable(
            "answered the commitment request with status %04XH".formatted(status), null);
      }
    }

    /** Only what was asked for counts, and only if the archive says so under the same class. */
    private CommitmentReport settled(CommitmentReport answer) {
      Set<ReferencedInstance> committed = new HashSet<>(answer.committed());
      Map<ReferencedInstance, Integer> reasons = new HashMap<>();
      answer.failed().forEach(failure -> reasons.put(failure.instance(), failure.reason()));
      List<ReferencedInstance> safe = new ArrayList<>();
      List<Failure> failed = new ArrayList<>();
      for (ReferencedInstance instance : instances) {
        if (committed.contains(instance) && !reasons.containsKey(instance)) {
          safe.add(instance);
        } else {
          int reason = reasons.getOrDefault(instance, Failure.PROCESSING_FAILURE);
          failed.add(new Failure(instance, reason));
        }
      }
      return new CommitmentReport(transaction, safe, failed);
    }
  }
}
