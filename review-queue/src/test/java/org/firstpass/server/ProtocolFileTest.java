package org.firstpass.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.firstpass.correction.Protocols;
import org.firstpass.event.ProposalMade;
import org.firstpass.event.ProposalNotes;
import org.firstpass.event.RouteTaken;
import org.firstpass.review.ProposalFixture;
import org.firstpass.segment.FindingKind;
import org.firstpass.segment.Hanging;
import org.firstpass.segment.Protocol;
import org.firstpass.segment.RequestedFinding;
import org.firstpass.segment.RequestedFinding.AppliesTo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProtocolFileTest {
  private static final String WRITTEN =
      """
      { "format": 1, "protocols": [ {
          "name": "stroke", "version": 3, "instructions": "Measure the shift.",
          "findings": [
            { "concept": { "value": "103339001", "scheme": "SCT", "meaning": "Long axis" },
              "kind": "length", "appliesTo": "segment", "segments": [2], "required": true, "max": 2 },
            { "concept": { "value": "quality", "scheme": "99X", "meaning": "Image quality" },
              "kind": "tag", "required": true,
              "choices": [ { "value": "good", "scheme": "99X", "meaning": "Good" } ] },
            { "concept": { "value": "52988006", "scheme": "SCT", "meaning": "Lesion" }, "kind": "box" }
          ] } ] }
      """;

  @TempDir private Path folder;

  @Test
  void readsWhatIsAskedForAndWhatIsAllowed() throws IOException {
    Protocol stroke = asked(read(WRITTEN), "stroke");
    assertEquals(3, stroke.version());
    assertEquals("Measure the shift.", stroke.instructions());
    RequestedFinding length = stroke.findings().get(0);
    assertEquals(FindingKind.LENGTH, length.kind());
    assertEquals(AppliesTo.SEGMENT, length.appliesTo());
    assertEquals(Set.of(2), length.segments());
    assertEquals(List.of(1, 2), List.of(length.min(), length.max()));
    RequestedFinding quality = stroke.findings().get(1);
    assertEquals("Good", quality.choices().get(0).meaning());
    RequestedFinding box = stroke.findings().get(2);
    assertEquals(
        List.of(0, RequestedFinding.NO_LIMIT), List.of(box.min(), box.max()), "not required");
    assertEquals(AppliesTo.IMAGE, box.appliesTo());
  }

  @Test
  void saysHowTheImageHangs() throws IOException {
    assertEquals(Hanging.USUAL, asked(read(WRITTEN), "stroke").hanging());
    String hung =
        """
        "version": 3, "hanging": { "planes": ["coronal"], "layout": "two_by_two",
          "window": { "level": 40, "width": 80 }, "overlay": "outline", "prior": true },
        """;
    assertEquals(
        new Hanging(
            List.of(Hanging.PlaneName.CORONAL),
            Hanging.Layout.TWO_BY_TWO,
            new Hanging.Window(40, 80),
            Hanging.Overlay.OUTLINE,
            false,
            true),
        asked(read(WRITTEN.replace("\"version\": 3,", hung)), "stroke").hanging());
    assertRefused(
        WRITTEN.replace("\"version\": 3,", hung.replace("coronal", "oblique")), "'oblique'");
  }

  @Test
  void whatNoProtocolIsNamedForIsOpen() throws IOException {
    assertEquals(Protocol.OPEN, asked(read(WRITTEN), "another"));
    assertEquals(Protocol.OPEN, asked(Protocols.NONE, "stroke"));
  }

  @Test
  void saysWhatIsWrong() {
    assertRefused(WRITTEN.replace("\"kind\": \"box\"", "\"kind\": \"sphere\""), "'sphere'");
    assertRefused(WRITTEN.replace("\"required\": true, \"max\": 2", "\"maximum\": 2"), "maximum");
    assertRefused(WRITTEN.replace("\"format\": 1", "\"format\": 2"), "must be 1");
    assertRefused(WRITTEN.replace("\"name\": \"stroke\", ", ""), "name");
    assertRefused("{", "protocols");
  }

  private void assertRefused(String written, String named) {
    var refused = assertThrows(IllegalArgumentException.class, () -> read(written));
    assertTrue(String.valueOf(refused.getMessage()).contains(named), refused.getMessage());
  }

  private Protocols read(String written) throws IOException {
    return ProtocolFile.read(Files.writeString(folder.resolve("protocols.json"), written));
  }

  private static Protocol asked(Protocols protocols, String name) {
    ProposalMade proposal = ProposalFixture.proposal(1);
    var route = new RouteTaken("rule", name, 0, null);
    var notes = new ProposalNotes(List.of(), null, List.of(), route, null);
    return protocols.of(ProposalFixture.with(proposal, proposal.scores(), notes));
  }
}
