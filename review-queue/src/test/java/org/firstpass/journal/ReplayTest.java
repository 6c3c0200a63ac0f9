package org.firstpass.journal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.util.List;
import org.firstpass.correction.InconsistentSubmission;
import org.firstpass.event.ReaderEffort;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.server.CaseFixture;
import org.firstpass.volume.LabelMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ReplayTest {
  private static final GridGeometry GRID = CaseFixture.grid("journal");
  private static final int VOXELS = GRID.size().voxels();

  @Test
  void runsAreReadAsTheEditorWritesThem() {
    // The same bytes as in the editor's own test: 300, 2 voxels, label 1; then 700, 300 voxels, 2.
    var runs = Runs.of(new byte[] {(byte) 0xac, 2, 2, 1, (byte) 0x8e, 3, (byte) 0xac, 2, 2});
    var seen = new StringBuilder();
    runs.forEach(
        2000, 3, (start, length, label) -> seen.append(start + " " + length + " " + label + "; "));
    assertEquals("300 2 1; 700 300 2; ", seen.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1 2", "0 172 127 1", "0 0 1", "0 1 9", "128 128 128 128 128 1 1 1", "128"})
  void runsThatCannotBeAreRefused(String numbers) {
    String[] parts = numbers.split(" ", -1);
    var bytes = new byte[parts.length];
    for (int i = 0; i < parts.length; i++) {
      bytes[i] = (byte) Integer.parseInt(parts[i]);
    }
    var runs = Runs.of(bytes);
    assertThrows(InconsistentSubmission.class, () -> runs.forEach(100, 3, (a, b, c) -> {}));
  }

  @Test
  void editsUndoneAndRedoneLeadToTheLabelsThatTheReaderSaw() {
    var entries =
        List.of(
            edit(1, 0, 3, 1),
            edit(2, 1, 4, 2),
            moved(3, JournalEntry.Kind.UNDO, 2),
            moved(4, JournalEntry.Kind.UNDO, 1),
            moved(5, JournalEntry.Kind.REDO, 1),
            edit(6, 2, 2, 3));
    short[] expected = new short[VOXELS];
    expected[0] = 1;
    expected[1] = 1;
    expected[2] = 3;
    expected[3] = 3;
    assertArrayEquals(expected, Replay.of(nothing(), 3, entries).toArray());
  }

  @Test
  void theProposalItselfIsNeverChanged() {
    LabelMap proposed = nothing();
    Replay.of(proposed, 3, List.of(edit(1, 0, VOXELS, 2)));
    assertArrayEquals(new short[VOXELS], proposed.toArray());
  }

  @Test
  void aStepThatIsMissingOrDoesNotFitIsRefused() {
    assertRefused(edit(2, 0, 1, 1));
    assertRefused(edit(1, 0, 1, 1), moved(2, JournalEntry.Kind.REDO, 1));
    assertRefused(edit(1, 0, 1, 1), edit(2, 0, 1, 2), moved(3, JournalEntry.Kind.UNDO, 1));
    // What was undone before an edit cannot be made again after it.
    assertRefused(
        edit(1, 0, 1, 1),
        moved(2, JournalEntry.Kind.UNDO, 1),
        edit(3, 0, 1, 2),
        moved(4, JournalEntry.Kind.REDO, 1));
  }

  private static void assertRefused(JournalEntry... entries) {
    assertThrows(InconsistentSubmission.class, () -> Replay.of(nothing(), 3, List.of(entries)));
  }

  @Test
  void effortIsOfWhatWasDoneNotOfWhatHolds() {
    ReaderEffort effort =
        Effort.of(
            List.of(
                edit(1, 0, 3, 1),
                edit(2, 1, 4, 2),
                moved(3, JournalEntry.Kind.UNDO, 2),
                edit(4, 1, 4, 2),
                moved(5, JournalEntry.Kind.UNDO, 4),
                moved(6, JournalEntry.Kind.REDO, 4)));
    assertEquals(
        new ReaderEffort(
            3,
            2,
            1,
            30,
            7.5,
            List.of(new ReaderEffort.OfTool("brush", 3, 30)),
            List.of(
                new ReaderEffort.OfSegment(1, 1, 10, 2.5),
                new ReaderEffort.OfSegment(2, 2, 20, 5))),
        effort);
  }

  @Test
  void aJournalWithoutAStepCostNothing() {
    assertEquals(new ReaderEffort(0, 0, 0, 0, 0, List.of(), List.of()), Effort.of(List.of()));
  }

  private static LabelMap nothing() {
    return new LabelMap(GRID, new short[VOXELS]);
  }

  private static JournalEntry edit(int number, int start, int length, int label) {
    return JournalTestEntries.edit(number, start, length, label);
  }

  private static JournalEntry moved(int number, JournalEntry.Kind kind, int of) {
    return new JournalEntry(number, kind, of, "", 0, Instant.EPOCH, 0, 0, Runs.NONE);
  }
}
