package org.firstpass.dicom;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** An Orthanc without plugins, which knows our gateway as FIRSTPASS. */
final class OrthancArchive implements AutoCloseable {
  static final String AE_TITLE = "ORTHANC";

  private final int dicomPort;
  private final int httpPort;
  private final Process process;

  OrthancArchive(Path folder, int gateway) throws IOException {
    this(folder, gateway, "\"DicomTlsEnabled\": false");
  }

  /**
   * @param tls its settings of TLS, one JSON member after another
   */
  OrthancArchive(Path folder, int gateway, String tls) throws IOException {
    DebianTool program = DebianTool.require("Orthanc");
    try (var first = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var second = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      dicomPort = first.getLocalPort();
      httpPort = second.getLocalPort();
    }
    Path configuration =
        Files.writeString(
            folder.resolve("orthanc.json"),
            """
            {"DicomPort": %d, "HttpPort": %d, "DicomAet": "%s", "StorageDirectory": "%s",
             "IndexDirectory": "%s", "RemoteAccessAllowed": false, "AuthenticationEnabled": false,
             "Plugins": [], "DicomModalities": {"ours": {"AET": "FIRSTPASS", "Host": "127.0.0.1",
             "Port": %d, "AllowStorageCommitment": true, "AllowGet": true}}, %s}
            """
                .formatted(dicomPort, httpPort, AE_TITLE, folder, folder, gateway, tls));
    process = program.startUnheard(configuration);
    TestNetwork.awaitListening(dicomPort, process);
    TestNetwork.awaitListening(httpPort, process);
  }

  DicomPeer peer() {
    return new DicomPeer("127.0.0.1", dicomPort, AE_TITLE, "FIRSTPASS");
  }

  /** The root of its REST API. */
  String http() {
    return "http://127.0.0.1:" + httpPort;
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    assertTrue(process.waitFor(30, TimeUnit.SECONDS));
  }
}
