package org.firstpass.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.firstpass.correction.InconsistentSubmission;
import org.firstpass.finding.Finding;
import org.firstpass.finding.FindingChange;
import org.firstpass.geometry.Axes;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSize;
import org.firstpass.geometry.Spacing;
import org.firstpass.geometry.Vector3;
import org.firstpass.segment.CodedConcept;
import org.firstpass.study.FrameOfReferenceUid;
import org.firstpass.volume.LabelMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DraftFindingsTest {
  private static final Finding FIRST = tag(1, "Lesion");
  private static final Finding CHANGED = tag(1, "Cyst");
  private static final Finding SECOND = tag(2, "Artifact");

  @Test
  void holdsWhatWasMadeAndChangedInTheOrderInWhichItWasMade() {
    assertEquals(
        List.of(CHANGED, SECOND),
        DraftFindings.of(List.of(put(1, FIRST), put(2, SECOND), put(3, CHANGED))));
  }

  @Test
  void doesNotHoldWhatWasTakenAway() {
    assertEquals(
        List.of(SECOND), DraftFindings.of(List.of(put(1, FIRST), put(2, SECOND), taken(3, FIRST))));
  }

  @Test
  void goesBackAndForthTogetherWithStrokes() {
    var steps =
        List.of(
            put(1, FIRST),
            JournalTestEntries.edit(2, 0, 3, 1),
            taken(3, FIRST),
            moved(4, JournalEntry.Kind.UNDO, 3),
            moved(5, JournalEntry.Kind.UNDO, 2));
    assertEquals(List.of(FIRST), DraftFindings.of(steps));
    assertEquals(0, labels(steps)[0]);
    var again =
        List.of(
            steps.get(0),
            steps.get(1),
            steps.get(2),
            steps.get(3),
            steps.get(4),
            moved(6, JournalEntry.Kind.REDO, 2),
            moved(7, JournalEntry.Kind.REDO, 3));
    assertEquals(List.of(), DraftFindings.of(again));
    assertEquals(1, labels(again)[0]);
  }

  @Test
  void whatWasUndoneBeforeAnotherEditDoesNotComeBack() {
    var steps = List.of(put(1, FIRST), moved(2, JournalEntry.Kind.UNDO, 1), put(3, SECOND));
    assertEquals(List.of(SECOND), DraftFindings.of(steps));
  }

  @Test
  void aStepIsOfLabelsOrOfAFindingAndNotOfBoth() {
    var stroke = JournalTestEntries.edit(1, 0, 3, 1);
    var change = new FindingChange(FIRST.heading().id(), FIRST);
    assertThrows(
        InconsistentSubmission.class,
        () -> step(1, JournalEntry.Kind.EDIT, "tag", stroke.runs(), change));
    assertThrows(
        InconsistentSubmission.class,
        () -> step(1, JournalEntry.Kind.EDIT, "tag", Runs.NONE, null));
    assertThrows(
        InconsistentSubmission.class, () -> step(2, JournalEntry.Kind.UNDO, "", Runs.NONE, change));
  }

  private static short[] labels(List<JournalEntry> entries) {
    var size = new GridSize(2, 3, 2);
    var grid =
        new GridGeometry(
            new FrameOfReferenceUid("1.2.3"),
            size,
            new Vector3(1, 2, 3),
            Axes.ofPlane(new Vector3(1, 0, 0), new Vector3(0, 1, 0)),
            new Spacing(1, 2, 3));
    return Replay.of(new LabelMap(grid, new short[size.voxels()]), 3, entries).toArray();
  }

  private static Finding tag(int number, String meaning) {
    var concept = new CodedConcept(meaning, "99TEST", meaning);
    return new Finding.Tag(
        new Finding.Heading(new UUID(3, number), concept, 0, "anna", Instant.EPOCH), null);
  }

  private static JournalEntry put(int number, Finding finding) {
    var change = new FindingChange(finding.heading().id(), finding);
    return step(number, JournalEntry.Kind.EDIT, "tag", Runs.NONE, change);
  }

  private static JournalEntry taken(int number, Finding finding) {
    var change = new FindingChange(finding.heading().id(), null);
    return step(number, JournalEntry.Kind.EDIT, "tag", Runs.NONE, change);
  }

  private static JournalEntry moved(int number, JournalEntry.Kind kind, int of) {
    return new JournalEntry(number, kind, of, "", 0, Instant.EPOCH, 0, 0, Runs.NONE);
  }

  private static JournalEntry step(
      int number, JournalEntry.Kind kind, String tool, Runs runs, @Nullable FindingChange change) {
    int of = kind == JournalEntry.Kind.EDIT ? 0 : 1;
    return new JournalEntry(number, kind, of, tool, 0, Instant.EPOCH, 5, 0, runs, change);
  }
}
