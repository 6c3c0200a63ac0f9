package org.firstpass.dicom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.net.ApplicationEntity;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.Commands;
import org.dcm4che3.net.Connection;
import org.dcm4che3.net.Device;
import org.dcm4che3.net.Dimse;
import org.dcm4che3.net.PDVInputStream;
import org.dcm4che3.net.TransferCapability;
import org.dcm4che3.net.pdu.PresentationContext;
import org.dcm4che3.net.service.AbstractDicomService;
import org.dcm4che3.net.service.BasicCEchoSCP;
import org.dcm4che3.net.service.DicomServiceRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our SCU against an SCP that lets several operations be under way on one association. */
class AsynchronousOperationsTest {
  @TempDir private Path folder;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final ScheduledExecutorService timeouts = Executors.newScheduledThreadPool(1);

  @AfterEach
  void end() {
    threads.shutdownNow();
    timeouts.shutdownNow();
  }

  @Test
  void asManyOperationsAreUnderWayAsThePeerAllows() throws Exception {
    List<Path> files = TestCt.files(folder, TestCt.oblique(5, 3, 9));
    var archive = new Hoarder(3);
    try (Listening scp = listen(archive, 3)) {
      var peer = new DicomPeer("127.0.0.1", scp.port(), "PEER", "FIRSTPASS").withOperations(8);
      SendReport report = StorageScu.send(peer, files, 1, done -> {});
      assertEquals(9, report.stored(), report::toString);
    }
    assertEquals(3, archive.most);
  }

  @Test
  void aPeerThatAllowsOneIsSentOneAtATime() throws Exception {
    List<Path> files = TestCt.files(folder, TestCt.oblique(5, 3, 4));
    var archive = new Hoarder(1);
    try (Listening scp = listen(archive, 1)) {
      var peer = new DicomPeer("127.0.0.1", scp.port(), "PEER", "FIRSTPASS").withOperations(8);
      assertEquals(4, StorageScu.send(peer, files, 1, done -> {}).stored());
    }
    assertEquals(1, archive.most);
  }

  /** Answers none before so many wait, newest first; only a sender that need not wait gets on. */
  private static final class Hoarder extends AbstractDicomService {
    private final int window;
    private final Deque<Attributes> waiting = new ArrayDeque<>();
    private volatile int most;

    Hoarder(int window) {
      super("*");
      this.window = window;
    }

    @Override
    public synchronized void onDimseRQ(
        Association association,
        PresentationContext context,
        Dimse dimse,
        Attributes request,
        PDVInputStream data)
        throws IOException {
      data.skipAll();
      waiting.push(Commands.mkCStoreRSP(request, 0));
      most = Math.max(most, waiting.size());
      while (waiting.size() == window || most == window && !waiting.isEmpty()) {
        association.writeDimseRSP(context, waiting.pop());
      }
    }

    @Override
    protected void onDimseRQ(
        Association association,
        PresentationContext context,
        Dimse dimse,
        Attributes request,
        Attributes data) {
      throw new IllegalStateException("data sets are not read");
    }
  }

  private record Listening(Device device, int port) implements AutoCloseable {
    @Override
    public void close() {
      device.unbindConnections();
    }
  }

  private Listening listen(AbstractDicomService store, int operations) throws Exception {
    var connection = new Connection(null, "127.0.0.1", TestNetwork.freePort());
    connection.setMaxOpsPerformed(operations);
    var entity = new ApplicationEntity("PEER");
    entity.setAssociationAcceptor(true);
    entity.addConnection(connection);
    entity.addTransferCapability(
        new TransferCapability(null, "*", TransferCapability.Role.SCP, "*"));
    var services = new DicomServiceRegistry();
    services.addDicomService(new BasicCEchoSCP());
    services.addDicomService(store);
    var device = new Device("hoarder");
    device.addConnection(connection);
    device.addApplicationEntity(entity);
    device.setDimseRQHandler(services);
    device.setExecutor(threads);
    device.setScheduledExecutor(timeouts);
    device.bindConnections();
    assertTrue(connection.isListening());
    return new Listening(device, connection.getPort());
  }
}
