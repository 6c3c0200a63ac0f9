package org.firstpass.finding;

import static org.firstpass.finding.TestFindings.AT;
import static org.firstpass.finding.TestFindings.BAD;
import static org.firstpass.finding.TestFindings.LESION;
import static org.firstpass.finding.TestFindings.LONG_AXIS;
import static org.firstpass.finding.TestFindings.QUALITY;
import static org.firstpass.finding.TestFindings.at;
import static org.firstpass.finding.TestFindings.heading;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.firstpass.geometry.Vector3;
import org.firstpass.study.SopInstanceUid;
import org.junit.jupiter.api.Test;

class FindingCodecTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final List<Finding> ALL =
      List.of(
          new Finding.Tag(heading(1, QUALITY, 0), BAD),
          new Finding.Tag(heading(2, LESION, 3), null),
          new Finding.Point(heading(3, LESION, 0), at(1, 0.1, 0.3)),
          new Finding.Box(heading(4, LESION, 0), at(1, 2, 2, 14, 2, 14, 6, 2, 6)),
          new Finding.Contour(heading(5, LESION, 2), at(1, 2, 2, 14, 2, 14, 6)),
          new Finding.Length(heading(6, LONG_AXIS, 2), at(1.5, 2, 2, 14, 2))
              .on(new ImageFrame(new SopInstanceUid("1.2.9"), 2)),
          new Finding.Area(heading(7, LESION, 0), at(4, 2, 2, 14, 2, 14, 6)),
          new Finding.Comment(heading(8, LESION, 0), "größer als zuvor"));

  @Test
  void readsBackEveryKindToTheLastDigit() {
    assertEquals(ALL, FindingCodec.decode(FindingCodec.encode(ALL)));
  }

  @Test
  void isStoredAsDocumented() {
    var outline = Outline.of(new Vector3(-101.6, 53.8, 36), new Vector3(-96.8, 57.4, 36));
    Finding length =
        new Finding.Length(heading(6, LONG_AXIS, 2), outline)
            .on(new ImageFrame(new SopInstanceUid("1.2.9"), 2));
    String stored = new String(FindingCodec.encode(List.of(length)), StandardCharsets.UTF_8);
    assertEquals(
        "[{\"id\":\"00000000-0000-0007-0000-000000000006\",\"kind\":\"length\","
            + "\"concept\":{\"value\":\"103339001\",\"scheme\":\"SCT\",\"meaning\":\"Long axis\"},"
            + "\"segment\":2,\"reader\":\"anna\",\"at\":\"2026-11-29T08:01:02.345Z\","
            + "\"points\":[[-101.6,53.8,36.0],[-96.8,57.4,36.0]],"
            + "\"instance\":\"1.2.9\",\"frame\":2}]",
        stored);
  }

  @Test
  void readsBackStepsThatMakeAndTakeAway() {
    var made = new FindingChange(new UUID(7, 6), ALL.get(5));
    var taken = new FindingChange(new UUID(7, 6), null);
    assertEquals(made, FindingCodec.read(FindingCodec.write(made)));
    assertEquals(taken, FindingCodec.read(FindingCodec.write(taken)));
  }

  @Test
  void takesWhoAndWhenFromTheServerWhateverIsSent() throws Exception {
    ObjectNode sent = (ObjectNode) FindingCodec.tree(new FindingChange(new UUID(7, 8), ALL.get(7)));
    ((ObjectNode) sent.get("after")).put("reader", "somebody else").remove("at");
    FindingChange read = FindingCodec.read(sent, "anna", AT);
    assertEquals("anna", read.after().heading().reader());
    assertEquals(AT, read.after().heading().at());
  }

  @Test
  void refusesWhatIsNoFindingAndDoesNotRepeatIt() throws Exception {
    for (String field : List.of("id", "kind", "concept", "points", "at")) {
      ObjectNode sent = (ObjectNode) tree(ALL.get(5));
      sent.remove(field);
      assertThrows(IllegalArgumentException.class, () -> FindingCodec.finding(sent, "anna"), field);
    }
    ObjectNode odd = (ObjectNode) tree(ALL.get(5));
    odd.put("concept", "a secret");
    var refused =
        assertThrows(IllegalArgumentException.class, () -> FindingCodec.finding(odd, "anna"));
    assertFalse(refused.getMessage().contains("secret"));
    assertThrows(
        IllegalArgumentException.class,
        () -> FindingCodec.decode("[{\"id\":".getBytes(StandardCharsets.UTF_8)));
  }

  private static JsonNode tree(Finding finding) throws Exception {
    return MAPPER.readTree(FindingCodec.encode(List.of(finding))).get(0);
  }
}
