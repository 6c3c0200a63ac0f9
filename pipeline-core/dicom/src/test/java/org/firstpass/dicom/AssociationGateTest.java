package org.firstpass.dicom;

import static org.firstpass.dicom.TestNetwork.config;
import static org.firstpass.dicom.TestNetwork.peer;
import static org.firstpass.dicom.TestNetwork.started;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.dcm4che3.data.UID;
import org.dcm4che3.net.Association;
import org.firstpass.failure.TryAgainLater;
import org.firstpass.study.ProjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AssociationGateTest {
  private static final OutgoingFile.Syntax CT =
      new OutgoingFile.Syntax(SopClasses.CT_IMAGE, UID.ExplicitVRLittleEndian);

  @TempDir private Path folder;
  private final Collected collected = new Collected();
  private final TestNetwork.Watch watch = new TestNetwork.Watch();

  @Test
  void everyAeTitleIsAnsweredAndTellsItsProject() {
    ScpConfig config = config(AccessList.OPEN, null);
    List<Path> files = TestCt.files(folder, TestCt.oblique(5, 3, 1));
    try (StorageScp scp = scp(config)) {
      for (String title : List.of("FIRSTPASS", "FP_LIVER")) {
        var peer = new DicomPeer("127.0.0.1", scp.port(), title, "CT1");
        assertEquals(1, StorageScu.send(peer, files, 1, done -> {}).stored());
      }
      assertRejected(new DicomPeer("127.0.0.1", scp.port(), "FP_OTHER", "CT1"), "called-AE-title");
    }
    assertEquals("FIRSTPASS", collected.instances.get(0).calledAeTitle());
    assertEquals("FP_LIVER", collected.instances.get(1).calledAeTitle());
    assertEquals(new ProjectName("liver"), config.projectOf("FP_LIVER"));
    assertEquals(List.of(AssociationRejection.CALLED_AE_TITLE), watch.rejections);
  }

  @Test
  void whoIsNotOnTheListIsDeniedAndEachReasonIsCounted() {
    var access =
        new AccessList(
            List.of(
                new AccessRule(
                    "FAR", List.of(HostRange.parse("10.0.0.0/8")), List.of(), Set.of(), 0),
                new AccessRule("LIVER", List.of(), List.of(), Set.of("FP_LIVER"), 0),
                new AccessRule(
                    "NEAR", List.of(HostRange.parse("127.0.0.1")), List.of(), Set.of(), 0)));
    try (StorageScp scp = scp(config(access, null))) {
      StorageScu.echo(peer(scp, "NEAR"));
      assertRejected(peer(scp, "STRANGER"), "calling-AE-title");
      assertRejected(peer(scp, "FAR"), "calling-AE-title");
      assertRejected(peer(scp, "LIVER"), "calling-AE-title");
    }
    assertEquals(
        List.of(
            AssociationRejection.CALLING_AE_TITLE,
            AssociationRejection.HOST,
            AssociationRejection.NOT_FOR_CALLER),
        watch.rejections);
  }

  @Test
  void aCallerHasNoMoreAssociationsOpenThanItMay() {
    var access =
        new AccessList(
            List.of(
                new AccessRule("TWO", List.of(), List.of(), Set.of(), 2), AccessRule.of("MANY")));
    try (StorageScp scp = scp(config(access, null));
        var two = new RequestorNode(peer(scp, "TWO"));
        var many = new RequestorNode(peer(scp, "MANY"))) {
      Association first = two.open(List.of(CT));
      Association second = two.open(List.of(CT));
      var refused = assertThrows(TryAgainLater.class, () -> two.open(List.of(CT)));
      assertTrue(String.valueOf(refused.getMessage()).contains("local-limit"), refused.toString());
      many.release(many.open(List.of(CT)));
      awaitOpen(scp, 2);
      two.release(first);
      awaitOpen(scp, 1);
      two.release(two.open(List.of(CT)));
      two.release(second);
    }
    assertEquals(List.of(AssociationRejection.CALLER_LIMIT), watch.rejections);
  }

  @Test
  void noMoreAssociationsAreOpenThanThereMayBe() {
    var config =
        new ScpConfig(
            Map.of("FIRSTPASS", ProjectName.DEFAULT),
            "127.0.0.1",
            0,
            null,
            AccessList.OPEN,
            new ScpLimits(1, 1));
    try (StorageScp scp = scp(config);
        var node = new RequestorNode(peer(scp, "ANY"))) {
      Association first = node.open(List.of(CT));
      assertThrows(TryAgainLater.class, () -> node.open(List.of(CT)));
      node.release(first);
    }
    assertEquals(List.of(AssociationRejection.LIMIT), watch.rejections);
  }

  @Test
  void noMoreInstancesAreReceivedAtOnceThanMayBe() throws Exception {
    List<Path> files = TestCt.files(folder, TestCt.oblique(5, 3, 6));
    var inside = new CountDownLatch(1);
    var go = new CountDownLatch(1);
    var most = new java.util.concurrent.atomic.AtomicInteger();
    var now = new java.util.concurrent.atomic.AtomicInteger();
    InstanceReceiver slow =
        instance -> {
          most.accumulateAndGet(now.incrementAndGet(), Math::max);
          inside.countDown();
          try {
            assertTrue(go.await(20, TimeUnit.SECONDS));
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          now.decrementAndGet();
        };
    var config =
        new ScpConfig(
            Map.of("FIRSTPASS", ProjectName.DEFAULT),
            "127.0.0.1",
            0,
            null,
            AccessList.OPEN,
            new ScpLimits(100, 1));
    var sender = Executors.newSingleThreadExecutor();
    try (StorageScp scp = started(config, ScpServices.storing(slow), watch)) {
      var report = sender.submit(() -> StorageScu.send(peer(scp, "CT1"), files, 3, done -> {}));
      assertTrue(inside.await(20, TimeUnit.SECONDS));
      assertEquals(1, scp.instancesUnderWay());
      go.countDown();
      assertEquals(6, report.get(30, TimeUnit.SECONDS).stored());
    } finally {
      sender.shutdownNow();
    }
    assertEquals(1, most.get());
  }

  @ParameterizedTest
  @CsvSource({
    "10.1.0.0/16, 10.1.255.3, true",
    "10.1.0.0/16, 10.2.0.1, false",
    "10.1.2.128/25, 10.1.2.127, false",
    "10.1.2.128/25, 10.1.2.128, true",
    "10.1.2.3, 10.1.2.3, true",
    "10.1.2.3, 10.1.2.2, false",
    "0.0.0.0/0, 192.168.1.1, true",
    "0.0.0.0/0, ::1, false",
    "fd00::/8, fd12:3456::1, true",
    "fd00::/8, fe80::1, false"
  })
  void aRangeHoldsTheAddressesThatBeginLikeIt(String range, String host, boolean held)
      throws Exception {
    assertEquals(held, HostRange.parse(range).contains(InetAddress.getByName(host)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.1.0.0/33", "10.1.0.0/x", "pacs.example", "", "10.1.0.0/-1", "::/129"})
  void whatIsNoRangeIsRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> HostRange.parse(text));
  }

  @Test
  void aSenderThatProposesSeveralOperationsAtOnceIsAnsweredOne() throws Exception {
    try (StorageScp scp = scp(config(AccessList.OPEN, null));
        var node = new RequestorNode(peer(scp, "ASYNC").withOperations(8))) {
      Association association = node.open(List.of(CT));
      assertEquals(8, association.getAAssociateRQ().getMaxOpsInvoked());
      assertEquals(1, node.window(association));
      assertFalse(association.getAAssociateAC().isAsyncOps());
      node.release(association);
    }
  }

  private StorageScp scp(ScpConfig config) {
    return started(config, ScpServices.storing(collected), watch);
  }

  private static void awaitOpen(StorageScp scp, int count) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (scp.openAssociations() != count && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
    assertEquals(count, scp.openAssociations());
  }

  private static void assertRejected(DicomPeer peer, String reason) {
    var failure = assertThrows(TryAgainLater.class, () -> StorageScu.echo(peer));
    assertTrue(String.valueOf(failure.getMessage()).contains(reason), failure.getMessage());
  }
}
