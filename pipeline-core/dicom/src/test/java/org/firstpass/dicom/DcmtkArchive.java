package org.firstpass.dicom;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** DCMTK's dcmqrscp: an archive that stores, and answers C-FIND, C-MOVE and C-GET. */
final class DcmtkArchive implements AutoCloseable {
  static final String AE_TITLE = "ARCHIVE";

  private final int port;
  private final Process process;

  /**
   * @param storage where it keeps what is stored
   * @param destination our gateway, which it knows as FIRSTPASS
   * @param options of its command line
   */
  DcmtkArchive(Path folder, int destination, Object... options) throws IOException {
    DebianTool program = DebianTool.require("dcmqrscp");
    port = TestNetwork.freePort();
    Path storage = Files.createDirectories(folder.resolve("archive"));
    Path configuration =
        Files.writeString(
            folder.resolve("dcmqrscp.cfg"),
            """
            NetworkTCPPort = %d
            MaxPDUSize = 16384
            MaxAssociations = 16
            HostTable BEGIN
            gateway = (FIRSTPASS, 127.0.0.1, %d)
            HostTable END
            VendorTable BEGIN
            VendorTable END
            AETable BEGIN
            %s %s RW (100, 1024mb) ANY
            AETable END
            """
                .formatted(port, destination, AE_TITLE, storage));
    List<Object> arguments = new ArrayList<>(List.of("-c", configuration));
    arguments.addAll(List.of(options));
    process = program.startUnheard(arguments.toArray());
    TestNetwork.awaitListening(port, process);
  }

  DicomPeer peer() {
    return new DicomPeer("127.0.0.1", port, AE_TITLE, "FIRSTPASS");
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    assertTrue(process.waitFor(20, TimeUnit.SECONDS));
  }
}
