package org.firstpass.journal;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.firstpass.finding.Finding;
import org.firstpass.finding.FindingChange;

/** The findings that a draft leads to. */
public final class DraftFindings {
  private DraftFindings() {}

  /**
   * The findings after the last step, in the order in which they were made first.
   *
   * @param entries that {@link Replay} takes
   */
  public static List<Finding> of(List<JournalEntry> entries) {
    Map<UUID, Finding> findings = new LinkedHashMap<>();
    for (JournalEntry entry : standing(entries)) {
      FindingChange change = entry.finding();
      if (change != null && change.after() == null) {
        findings.remove(change.id());
      } else if (change != null) {
        findings.put(change.id(), change.after());
      }
    }
    return List.copyOf(findings.values());
  }

  /** The edits that hold in the end, in their order. */
  private static Iterable<JournalEntry> standing(List<JournalEntry> entries) {
    Deque<JournalEntry> past = new ArrayDeque<>();
    Deque<JournalEntry> future = new ArrayDeque<>();
    for (JournalEntry entry : entries) {
      switch (entry.kind()) {
        case EDIT -> {
          past.addLast(entry);
          future.clear();
        }
        case UNDO -> future.addLast(past.removeLast());
        case REDO -> past.addLast(future.removeLast());
      }
    }
    return past;
  }
}
