package org.firstpass.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class IdentitiesTest {
  private static final StudyReference SERIES =
      new StudyReference(new StudyInstanceUid("1.2"), new SeriesInstanceUid("1.2.3"));

  @Test
  void aUidIsDigitsAndDotsOfAtMost64Characters() {
    assertEquals("1.2.840", new SopInstanceUid("1.2.840").value());
    for (String wrong : List.of("", "1.2.", ".1", "1..2", "1.2a", " 1.2", "1".repeat(65))) {
      assertThrows(IllegalArgumentException.class, () -> new SopInstanceUid(wrong));
    }
  }

  /** The example of PS3.5 B.2. */
  @Test
  void aUuidBecomesTheUidOfTheStandard() {
    assertEquals(
        "2.25.329800735698586629295641978511506172918",
        DicomUid.of(UUID.fromString("f81d4fae-7dec-11d0-a765-00a0c91e6bf6")));
    assertEquals("2.25.0", DicomUid.of(new UUID(0, 0)));
    assertEquals("2.25.340282366920938463463374607431768211455", DicomUid.of(new UUID(-1, -1)));
  }

  @Test
  void theSameNameGivesTheSameUuidOfVersionFive() {
    UUID id = NameBasedUuid.of("a", "b");
    assertEquals(id, NameBasedUuid.of("a", "b"));
    assertEquals(5, id.version());
    assertEquals(2, id.variant());
    assertNotEquals(id, NameBasedUuid.of("ab"));
    assertNotEquals(id, NameBasedUuid.of("b", "a"));
    assertThrows(IllegalArgumentException.class, () -> NameBasedUuid.of("a\u001fb"));
  }

  /** Computed once, kept for ever: if this changes, every identity changes. */
  @Test
  void identitiesOfEarlierReleasesStay() {
    assertEquals(
        UUID.fromString("59645071-832e-5e29-a468-a9be3c275540"),
        NameBasedUuid.of("proposal", "example"));
  }

  @Test
  void theHashOfARevisionForgetsTheOrderOfArrivalAndSeesEveryByte() {
    InstanceReference first = instance("1.1", "one");
    InstanceReference second = instance("1.2", "two");
    var revision = new SeriesRevision(SERIES, 1, List.of(first, second));
    assertEquals(revision.hash(), new SeriesRevision(SERIES, 2, List.of(second, first)).hash());
    assertNotEquals(revision.hash(), new SeriesRevision(SERIES, 1, List.of(first)).hash());
    assertNotEquals(
        revision.hash(),
        new SeriesRevision(SERIES, 1, List.of(first, instance("1.2", "else"))).hash());
  }

  @Test
  void anEmptyRevisionIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new SeriesRevision(SERIES, 1, List.of()));
    assertThrows(
        IllegalArgumentException.class,
        () -> new SeriesRevision(SERIES, 0, List.of(instance("1.1", "one"))));
  }

  @Test
  void aDigestIsTheOneOfTheStandard() {
    assertEquals(
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        Sha256.of("abc".getBytes(StandardCharsets.US_ASCII)).hex());
    assertThrows(IllegalArgumentException.class, () -> new Sha256("BA78"));
    assertTrue(Sha256.of(new byte[0]).toString().startsWith("e3b0c442"));
  }

  private static InstanceReference instance(String uid, String content) {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    return new InstanceReference(
        new SopInstanceUid(uid),
        new SopClassUid("1.2.840.10008.5.1.4.1.1.2"),
        Sha256.of(bytes),
        bytes.length);
  }
}
