package org.firstpass.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class SenderTest {
  @Test
  void whatIsStoredOfASenderIsReadBack() {
    assertEquals(Optional.of("anna"), new Sender(Sender.ofReader("anna").text()).reader());
    assertEquals(Optional.empty(), Sender.ofReader("anna").aeTitle());
    assertEquals(Optional.of("CT_1"), new Sender(Sender.ofAeTitle("CT_1").text()).aeTitle());
    assertEquals(Optional.empty(), Sender.ofAeTitle("CT_1").reader());
    assertEquals(Optional.empty(), Sender.UNKNOWN.aeTitle().or(Sender.UNKNOWN::reader));
  }

  /** PS3.8 table 9-11: an AE title has 16 characters. */
  @Test
  void noAssociationCanCallItselfAReader() {
    String marked = Sender.ofReader("a").text();
    assertThrows(IllegalArgumentException.class, () -> Sender.ofAeTitle(marked));
    assertEquals(Optional.empty(), Sender.ofAeTitle(marked.substring(0, 16)).reader());
    assertThrows(IllegalArgumentException.class, () -> Sender.ofReader(" "));
  }
}
