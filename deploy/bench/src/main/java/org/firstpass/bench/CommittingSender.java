package org.firstpass.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.firstpass.dicom.CommitmentInbox;
import org.firstpass.dicom.CommitmentReport;
import org.firstpass.dicom.DicomPeer;
import org.firstpass.dicom.InstanceHeader;
import org.firstpass.dicom.ScpConfig;
import org.firstpass.dicom.ScpServices;
import org.firstpass.dicom.ScpWatch;
import org.firstpass.dicom.StorageCommitment;
import org.firstpass.dicom.StorageScp;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.firstpass.study.InstanceReference;
import org.firstpass.study.Sha256;

/** Asks for storage commitment of what another sender sent, and waits for the answer. */
final class CommittingSender implements GatewayBenchmark.Sender, AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Sha256 NOT_ASKED_FOR = new Sha256("0".repeat(64));

  private final GatewayBenchmark.Sender first;
  private final CommitmentInbox inbox = new CommitmentInbox();
  private final StorageScp answers;

  CommittingSender(GatewayBenchmark.Sender first) {
    this.first = first;
    this.answers =
        new StorageScp(
            new ScpConfig("BENCH", "127.0.0.1", 0, Set.of()),
            new ScpServices(
                instance -> {
                  throw new StudyRefused(ReasonCode.NOT_AN_IMAGE, "nothing is stored here");
                },
                null,
                inbox,
                null),
            ScpWatch.NONE);
    answers.start();
  }

  /** Where archives answer that do so on associations of their own. */
  int port() {
    return answers.port();
  }

  @Override
  public String name() {
    return first.name() + ", until the storage commitment is answered";
  }

  @Override
  public void send(DicomPeer peer, List<Path> files) throws Exception {
    first.send(peer, files);
    List<InstanceReference> sent = new ArrayList<>();
    for (Path file : files) {
      InstanceHeader header = InstanceHeader.read(() -> Files.newInputStream(file));
      sent.add(
          new InstanceReference(
              header.instance(), header.sopClass(), NOT_ASKED_FOR, Files.size(file)));
    }
    CommitmentReport report =
        StorageCommitment.request(peer, UUID.randomUUID(), sent, inbox, PATIENCE);
    if (!report.isComplete()) {
      throw new IllegalStateException("not committed: " + report.failed().get(0));
    }
  }

  @Override
  public void close() {
    answers.close();
  }
}
