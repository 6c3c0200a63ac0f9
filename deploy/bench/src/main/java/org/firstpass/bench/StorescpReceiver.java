package org.firstpass.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.firstpass.dicom.DicomPeer;
import org.firstpass.dicom.StorageScu;
import org.firstpass.failure.TryAgainLater;
import org.firstpass.study.SeriesInstanceUid;

/**
 * DCMTK's storescp, one process to an association; it writes files and neither flushes nor indexes.
 */
final class StorescpReceiver implements Receiver {
  private final Path folder;
  private final DicomPeer peer;
  private final Process process;

  StorescpReceiver(Path folder, Path log) throws Exception {
    this.folder = folder;
    int port = Receiver.freePort();
    this.peer = new DicomPeer("127.0.0.1", port, "STORESCP", "BENCH");
    this.process =
        Program.start(
            List.of(
                "storescp",
                "--fork",
                "--max-pdu",
                "131072",
                "-aet",
                "STORESCP",
                "-od",
                folder.toString(),
                Integer.toString(port)),
            log);
    Receiver.await("storescp", this::answers);
  }

  private boolean answers() {
    try {
      StorageScu.echo(peer);
      return true;
    } catch (TryAgainLater notYet) {
      return false;
    }
  }

  @Override
  public DicomPeer peer() {
    return peer;
  }

  @Override
  public long settled(SeriesInstanceUid series) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files = all.toList();
    }
    for (Path file : files) {
      Files.delete(file);
    }
    return files.size();
  }

  @Override
  public void close() throws InterruptedException {
    Program.end(process);
  }
}
