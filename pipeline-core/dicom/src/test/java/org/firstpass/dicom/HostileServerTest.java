package org.firstpass.dicom;

import static org.firstpass.dicom.RawPeer.COMMAND;
import static org.firstpass.dicom.RawPeer.LAST;
import static org.firstpass.dicom.RawPeer.command;
import static org.firstpass.dicom.RawPeer.element;
import static org.firstpass.dicom.RawPeer.fragment;
import static org.firstpass.dicom.RawPeer.shorts;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.TryAgainLater;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of our requests at servers that no honest server is like. */
class HostileServerTest {
  private static final int C_STORE_RSP = 0x8001;
  private static final int PENDING = 0xFF00;
  private static final int RELEASE_RQ = 5;

  /** Its head, the maximum length and the implementation class, 2.25.1. */
  private static final int USER_INFORMATION = 4 + 8 + 10;

  @TempDir private Path folder;
  private final ExecutorService server = Executors.newCachedThreadPool();
  private ServerSocket listener;

  /** What a server does with a connection after it has read the proposal. */
  private interface Behaviour {
    void on(RawPeer client) throws IOException;
  }

  @BeforeEach
  void listen() throws IOException {
    listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void end() throws IOException {
    listener.close();
    server.shutdownNow();
  }

  @Test
  void aStoreThatIsAnsweredAsPendingForEverFails() {
    behave(
        client -> {
          client.send(RawPeer.associateAccept(0));
          client.next();
          while (true) {
            client.send(fragment(COMMAND | LAST, response(PENDING)));
          }
        });
    List<Path> files = TestCt.files(folder, TestCt.oblique(5, 3, 1));
    SendReport report = StorageScu.send(peer(), files, 1, done -> {});
    assertEquals(ReasonCode.PEER_UNAVAILABLE, report.failures().get(0).code());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 6, 127, -1})
  void aServerWithoutRoomForAFragmentIsNotSentTo(int most) {
    behave(
        client -> {
          client.send(RawPeer.associateAccept(most));
          client.next();
        });
    List<Path> files = TestCt.files(folder, TestCt.oblique(5, 3, 1));
    assertThrows(TryAgainLater.class, () -> StorageScu.send(peer(), files, 1, done -> {}));
  }

  @Test
  void aServerThatDoesNotReadIsLeftWhenItsTimeIsUp() {
    behave(
        client -> {
          client.send(RawPeer.associateAccept(0));
          await();
        });
    Path file = TestCt.files(folder, TestCt.oblique(2000, 2000, 1)).get(0);
    var failure =
        assertThrows(
            TryAgainLater.class,
            () ->
                ObjectScu.store(
                    peer(),
                    List.of(() -> java.nio.file.Files.newInputStream(file)),
                    Duration.ofMillis(700)));
    assertEquals(ReasonCode.PEER_UNAVAILABLE, failure.code());
  }

  @Test
  void aResponseWithADataSetWithoutEndIsNotReadWithoutEnd() {
    behave(
        client -> {
          client.send(RawPeer.associateAccept(0));
          client.next();
          client.send(
              fragment(COMMAND | LAST, command(SopClasses.CT_IMAGE, C_STORE_RSP, true, status(0))));
          byte[] filler = fragment(0, element(0x0010, 0x0010, 65_528, new byte[65_528]));
          while (true) {
            client.send(filler);
          }
        });
    List<Path> files = TestCt.files(folder, TestCt.oblique(5, 3, 1));
    SendReport report = StorageScu.send(peer(), files, 1, done -> {});
    assertEquals(ReasonCode.PEER_UNAVAILABLE, report.failures().get(0).code());
  }

  @Test
  void aServerThatAcceptsAndReleasesAtOnceIsOfNoUse() {
    behave(
        client ->
            client.send(
                RawPeer.join(RawPeer.associateAccept(0), RawPeer.pdu(RELEASE_RQ, new byte[4]))));
    List<Path> files = TestCt.files(folder, TestCt.oblique(5, 3, 1));
    for (int i = 0; i < 20; i++) {
      SendReport report = StorageScu.send(peer(), files, 1, done -> {});
      assertEquals(ReasonCode.PEER_UNAVAILABLE, report.failures().get(0).code());
    }
  }

  @Test
  void aServerThatAcceptsWhatWasNotProposedIsOfNoUse() {
    behave(
        client -> {
          byte[] answer = RawPeer.associateAccept(0);
          // The last letter of the transfer syntax: 1.2.840.10008.1.2.9
          answer[answer.length - USER_INFORMATION - 1] = '9';
          client.send(answer);
          client.next();
        });
    List<Path> files = TestCt.files(folder, TestCt.oblique(5, 3, 1));
    assertThrows(TryAgainLater.class, () -> StorageScu.send(peer(), files, 1, done -> {}));
  }

  private static byte[] response(int status) {
    return command(SopClasses.CT_IMAGE, C_STORE_RSP, false, status(status));
  }

  private static byte[] status(int status) {
    return element(0x0900, shorts(status));
  }

  private DicomPeer peer() {
    return new DicomPeer("127.0.0.1", listener.getLocalPort(), "HOSTILE", "US");
  }

  private void behave(Behaviour behaviour) {
    server.submit(
        () -> {
          while (true) {
            Socket accepted = listener.accept();
            server.submit(
                () -> {
                  try (RawPeer client = new RawPeer(accepted)) {
                    client.next();
                    behaviour.on(client);
                  }
                  return true;
                });
          }
        });
  }

  private static void await() {
    try {
      Thread.currentThread().join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
