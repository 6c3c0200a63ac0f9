package org.firstpass.dicom;

import static org.firstpass.dicom.RawPeer.ABORT;
import static org.firstpass.dicom.RawPeer.COMMAND;
import static org.firstpass.dicom.RawPeer.LAST;
import static org.firstpass.dicom.RawPeer.VERIFICATION;
import static org.firstpass.dicom.RawPeer.command;
import static org.firstpass.dicom.RawPeer.element;
import static org.firstpass.dicom.RawPeer.even;
import static org.firstpass.dicom.RawPeer.fragment;
import static org.firstpass.dicom.RawPeer.shorts;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.dcm4che3.data.UID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an SCP does with messages that no honest peer sends. */
class HostilePeerTest {
  private static final int C_ECHO_RQ = 0x0030;
  private static final int C_STORE_RQ = 0x0001;
  private static final int C_FIND_RSP = 0x8020;
  private static final int N_CREATE_RQ = 0x0140;
  private static final int N_ACTION_RQ = 0x0130;
  private static final int N_GET_RQ = 0x0110;

  private final Collected collected = new Collected();
  private final TestNetwork.Watch watch = new TestNetwork.Watch();
  private final StorageScp scp =
      TestNetwork.started(
          TestNetwork.config(
              new AccessList(
                  List.of(
                      new AccessRule("ONE", List.of(), List.of(), Set.of(), 1),
                      AccessRule.of("RAW"))),
              null),
          new ScpServices(
              collected, request -> {}, new CommitmentInbox(), new SilentAnnouncements()),
          watch);

  @AfterEach
  void isAsItWas() throws IOException {
    try (RawPeer peer = RawPeer.associated(scp.port(), VERIFICATION)) {
      peer.send(fragment(COMMAND | LAST, command(VERIFICATION, C_ECHO_RQ, false)));
      assertEquals(0, peer.next().orElseThrow().status());
    }
    assertEquals(0, scp.instancesUnderWay());
    assertTrue(collected.files.isEmpty());
    scp.close();
    assertEquals(0, scp.openAssociations());
    assertEquals(0, scp.openConnections());
  }

  static Stream<Arguments> commandSetsThatAreNone() {
    var nested = new ByteArrayOutputStream();
    for (int depth = 0; depth < 3000; depth++) {
      nested.writeBytes(element(0x0008, 0x1115, -1, new byte[0]));
      nested.writeBytes(element(0xFFFE, 0xE000, -1, new byte[0]));
    }
    byte[] echo = command(VERIFICATION, C_ECHO_RQ, false);
    return Stream.of(
        Arguments.of("sequences", nested.toByteArray()),
        Arguments.of("a value of 2 GiB", element(0, 0x0002, 0x7FFFFFFF, new byte[0])),
        Arguments.of("undefined length", element(0, 0x0002, -1, new byte[0])),
        Arguments.of("another group", element(0x0008, 0x0018, 2, new byte[2])),
        Arguments.of("an element cut short", java.util.Arrays.copyOf(echo, echo.length - 1)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("commandSetsThatAreNone")
  void aCommandSetThatIsNoneAborts(String name, byte[] commandSet) throws IOException {
    try (RawPeer peer = RawPeer.associated(scp.port(), VERIFICATION)) {
      peer.send(fragment(COMMAND | LAST, commandSet));
      assertEquals(ABORT, peer.next().orElseThrow().type(), name);
    }
  }

  @Test
  void aCommandSetWithoutEndAborts() throws IOException {
    byte[] filler = fragment(COMMAND, element(0x0002, new byte[1024]));
    try (RawPeer peer = RawPeer.associated(scp.port(), VERIFICATION)) {
      assertTrue(goesOnUntilTurnedAway(peer, filler, 1 << 20));
    }
  }

  @Test
  void theDataSetOfAResponseThatNobodyAwaitsIsNotReadWithoutEnd() throws IOException {
    try (RawPeer peer = RawPeer.associated(scp.port(), VERIFICATION)) {
      peer.send(fragment(COMMAND | LAST, command(VERIFICATION, C_FIND_RSP, true)));
      byte[] filler = fragment(0, element(0x0010, 0x0010, 65_528, new byte[65_528]));
      assertTrue(goesOnUntilTurnedAway(peer, filler, 64 << 20));
    }
  }

  @Test
  void theDataSetOfAnEchoIsNotKept() throws IOException {
    try (RawPeer peer = RawPeer.associated(scp.port(), VERIFICATION)) {
      peer.send(fragment(COMMAND | LAST, command(VERIFICATION, C_ECHO_RQ, true)));
      byte[] filler = fragment(0, new byte[100_000]);
      for (int i = 0; i < 100; i++) {
        peer.send(filler);
      }
      peer.send(fragment(LAST, new byte[0]));
      assertEquals(0, peer.next().orElseThrow().status());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {300_000, 0x01000000, 0x7FFFFFFF, -1})
  void aLongPduAbortsBeforeRoomIsMadeForIt(int length) throws IOException {
    for (int type : new int[] {1, 2, 4}) {
      byte[] header = new byte[10];
      java.nio.ByteBuffer.wrap(header).put((byte) type).put((byte) 0).putInt(length);
      try (RawPeer peer = RawPeer.connect(scp.port())) {
        peer.send(header);
        assertEquals(ABORT, peer.next().orElseThrow().type());
      }
    }
  }

  @Test
  void aTitleWithControlCharactersNeverReachesALog() throws IOException {
    try (RawPeer peer = RawPeer.connect(scp.port())) {
      byte[] context = RawPeer.context(1, VERIFICATION, RawPeer.IMPLICIT);
      peer.send(RawPeer.associateRequest("RAW\nERROR", context, 0));
      assertEquals(ABORT, peer.next().orElseThrow().type());
    }
    assertTrue(watch.rejections.isEmpty());
  }

  @Test
  void aProposalThatMakesTheToolkitThrowTakesNoneOfTheCallersAssociations() throws IOException {
    byte[] noSyntaxes = RawPeer.item(0x20, new byte[] {1, 0, 0, 0});
    byte[] twice = RawPeer.context(1, VERIFICATION, RawPeer.IMPLICIT);
    for (int i = 0; i < 3; i++) {
      try (RawPeer peer = RawPeer.connect(scp.port())) {
        peer.send(RawPeer.associateRequest("ONE", RawPeer.join(twice, twice), 0));
        assertTrue(peer.isTurnedAway());
      }
      awaitAssociation(RawPeer.associateRequest("ONE", noSyntaxes, 0));
    }
  }

  /** Proposes again until the last one of the caller has ended. */
  private void awaitAssociation(byte[] proposal) throws IOException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    int answer = RawPeer.ASSOCIATE_RJ;
    while (answer == RawPeer.ASSOCIATE_RJ && System.nanoTime() < deadline) {
      try (RawPeer peer = RawPeer.connect(scp.port())) {
        peer.send(proposal);
        answer = peer.next().orElseThrow().type();
      }
    }
    assertEquals(RawPeer.ASSOCIATE_AC, answer);
  }

  @Test
  void aCallerWithoutRoomForAFragmentIsRejectedAndOneWithoutALimitIsServed() throws IOException {
    byte[] context = RawPeer.context(1, VERIFICATION, RawPeer.IMPLICIT);
    for (int most : new int[] {1, 6, 12, 127}) {
      try (RawPeer peer = RawPeer.connect(scp.port())) {
        peer.send(RawPeer.associateRequest("RAW", context, most));
        assertEquals(RawPeer.ASSOCIATE_RJ, peer.next().orElseThrow().type());
      }
    }
    for (int most : new int[] {128, 0, -1, Integer.MIN_VALUE}) {
      try (RawPeer peer = RawPeer.connect(scp.port())) {
        peer.send(RawPeer.associateRequest("RAW", context, most));
        assertEquals(RawPeer.ASSOCIATE_AC, peer.next().orElseThrow().type());
        peer.send(fragment(COMMAND | LAST, command(VERIFICATION, C_ECHO_RQ, false)));
        assertEquals(RawPeer.P_DATA_TF, peer.next().orElseThrow().type());
      }
    }
  }

  @Test
  void anInstanceWithoutADataSetIsRefusedWithItsCode() throws IOException {
    try (RawPeer peer = RawPeer.associated(scp.port(), SopClasses.CT_IMAGE)) {
      byte[] instance = element(0x1000, even("2.25.77"));
      peer.send(
          fragment(COMMAND | LAST, command(SopClasses.CT_IMAGE, C_STORE_RQ, false, instance)));
      assertEquals(0xC000, peer.next().orElseThrow().status());
    }
  }

  @Test
  void operationsThatAServiceDoesNotHaveAreAnsweredSo() throws IOException {
    for (String sopClass :
        List.of(VERIFICATION, UID.StorageCommitmentPushModel, UID.ModalityPerformedProcedureStep)) {
      try (RawPeer peer = RawPeer.associated(scp.port(), sopClass)) {
        // Requested SOP Class UID (0000,0003) is what an N-GET names.
        byte[] requested = element(0x0003, even(sopClass));
        peer.send(fragment(COMMAND | LAST, command(sopClass, N_GET_RQ, false, requested)));
        assertEquals(0x0211, peer.next().orElseThrow().status(), sopClass);
      }
    }
  }

  @Test
  void aMessageOfElementsInDescendingOrderIsRefusedBeforeItTakesHours() throws IOException {
    var data = new ByteArrayOutputStream();
    for (int number = 0xFFFF; number >= 0x1000; number--) {
      data.writeBytes(element(0x0009, number, 0, new byte[0]));
    }
    assertEquals(0x0115, commitment(data.toByteArray()));
  }

  @Test
  void aMessageOfEmptyItemsIsRefused() throws IOException {
    var items = new ByteArrayOutputStream();
    items.writeBytes(element(0x0008, 0x1199, -1, new byte[0]));
    for (int i = 0; i < 70_000; i++) {
      items.writeBytes(element(0xFFFE, 0xE000, 0, new byte[0]));
    }
    assertEquals(0x0115, commitment(items.toByteArray()));
  }

  @Test
  void aStepOfDeepSequencesIsRefused() throws IOException {
    var nested = new ByteArrayOutputStream();
    for (int depth = 0; depth < 50_000; depth++) {
      nested.writeBytes(element(0x0008, 0x1115, -1, new byte[0]));
      nested.writeBytes(element(0xFFFE, 0xE000, -1, new byte[0]));
    }
    String step = UID.ModalityPerformedProcedureStep;
    try (RawPeer peer = RawPeer.associated(scp.port(), step)) {
      peer.send(fragment(COMMAND | LAST, command(step, N_CREATE_RQ, true)));
      sendDataSet(peer, nested.toByteArray());
      assertEquals(0x0106, peer.next().orElseThrow().status());
    }
  }

  private int commitment(byte[] data) throws IOException {
    String model = UID.StorageCommitmentPushModel;
    try (RawPeer peer = RawPeer.associated(scp.port(), model)) {
      byte[] requested = element(0x0003, even(model));
      byte[] action = element(0x1008, shorts(1));
      peer.send(fragment(COMMAND | LAST, command(model, N_ACTION_RQ, true, requested, action)));
      sendDataSet(peer, data);
      return peer.next().orElseThrow().status();
    }
  }

  private static void sendDataSet(RawPeer peer, byte[] data) throws IOException {
    int most = 65_000;
    for (int from = 0; from < data.length; from += most) {
      peer.send(
          fragment(
              0, java.util.Arrays.copyOfRange(data, from, Math.min(data.length, from + most))));
    }
    peer.send(fragment(LAST, new byte[0]));
  }

  /** Whether the SCP ends it before so many bytes have gone out. */
  private static boolean goesOnUntilTurnedAway(RawPeer peer, byte[] filler, int most)
      throws IOException {
    try {
      for (int sent = 0; sent < most; sent += filler.length) {
        peer.send(filler);
      }
      return peer.isTurnedAway();
    } catch (IOException e) {
      return true;
    }
  }

  /** Takes whatever is announced. */
  private static final class SilentAnnouncements implements AnnouncementReceiver {
    @Override
    public Answer created(Announcement announcement) {
      return Answer.TAKEN;
    }

    @Override
    public Answer updated(Announcement announcement) {
      return Answer.TAKEN;
    }
  }
}
