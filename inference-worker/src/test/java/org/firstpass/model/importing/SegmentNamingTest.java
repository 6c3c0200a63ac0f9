package org.firstpass.model.importing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.firstpass.segment.Segment;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SegmentNamingTest {
  private final ImportNotes notes = new ImportNotes();
  private final SegmentNaming naming = new SegmentNaming(notes);

  @ParameterizedTest
  @CsvSource({
    "liver, 10200004, ",
    "Liver, 10200004, ",
    "kidney_left, 64033007, 7771000",
    "left_kidney, 64033007, 7771000",
    "Right-Kidney, 64033007, 24028007",
    "LeftKidney, 64033007, 7771000",
    "heart_atrium_left, 82471001, ",
    "Left-Cerebral-White-Matter, 68523003, 7771000",
    "3rd-Ventricle, 49841001, ",
    "Accumbens-area, 427667007, ",
    "vertebrae_L5, 49668003, ",
    "inferior_vena_cava, 64131007, ",
    "lung_upper_lobe_left, 45653009, 7771000",
    "liver tumor, 108369006, ",
    "peritumoral edema, 79654002, ",
  })
  void aKnownNameHasItsCode(String name, String code, String side) {
    Segment segment = naming.segment(1, name);
    assertEquals(code, segment.type().value());
    assertEquals("SCT", segment.type().scheme());
    assertEquals(side, segment.modifier().map(each -> each.value()).orElse(null));
    assertTrue(notes.checks().isEmpty());
  }

  @ParameterizedTest
  @CsvSource({
    "liver segment 4",
    "left liver",
    "left right kidney",
    "liver without tumor",
    "not a tumor",
    "ventral DC",
    "structure 7",
    "organ",
    "kidney cortex",
  })
  void aNameThatIsNotKnownIsNotGuessed(String name) {
    Segment segment = naming.segment(3, name);
    assertEquals("99FIRSTPASS", segment.type().scheme());
    assertEquals(1, notes.checks().size());
    assertTrue(notes.checks().get(0).contains(name));
    assertEquals(segment.type(), new SegmentNaming(new ImportNotes()).segment(9, name).type());
  }

  @Test
  void differentUnknownNamesHaveDifferentCodes() {
    assertNotEquals(
        naming.segment(1, "structure 1").type().value(),
        naming.segment(2, "structure 2").type().value());
  }

  @Test
  void aHundredSegmentsHaveAHundredColours() {
    Set<String> colours = new HashSet<>();
    for (int number = 1; number <= 120; number++) {
      assertTrue(colours.add(SegmentNaming.colour(number)), "colour of " + number);
    }
    assertEquals("Left kidney", SegmentNaming.label("left_kidney"));
  }

  @Test
  void everyCodeOfTheTableIsOneOfDicom() throws IOException, InterruptedException {
    String table;
    try (var in = Objects.requireNonNull(Anatomy.class.getResourceAsStream("anatomy.tsv"))) {
      table = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    List<String> rows = table.lines().filter(line -> !line.startsWith("#")).toList();
    assertTrue(rows.size() > 150);
    String program =
        """
        import sys
        from pydicom.sr._concepts_dict import concepts
        known = {}
        for names in concepts['SCT'].values():
            for code, (meaning, cids) in names.items():
                known.setdefault(code, set()).add(meaning.lower())
        wrong = [r for r in sys.stdin.read().splitlines()
                 if r.split('\\t')[2].lower() not in known.get(r.split('\\t')[1], ())]
        print('\\n'.join(wrong))
        """;
    Process python;
    try {
      python = new ProcessBuilder("python3", "-c", program).start();
    } catch (IOException e) {
      skip("there is no python3");
      return;
    }
    try (var out = python.getOutputStream()) {
      out.write(String.join("\n", rows).getBytes(StandardCharsets.UTF_8));
    }
    String wrong = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(python.waitFor(60, TimeUnit.SECONDS));
    if (python.exitValue() != 0) {
      skip("python3 has no pydicom");
    }
    assertEquals("", wrong.strip());
  }

  private static void skip(String why) {
    assertFalse("true".equals(System.getenv("FIRSTPASS_REQUIRE_TOOLS")), why);
    Assumptions.abort("skipped: " + why);
  }
}
