package org.firstpass.review;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.firstpass.review.ReviewQueue.TaskRow;

/** The tasks as readers look at them: by section and filter, a page at a time. */
public interface ReviewWorklist {

  /**
   * @param after where the page before ended
   */
  Page page(WorklistSection section, WorklistFilter filter, Optional<Place> after, int limit);

  /** How many there are, counted no further than {@code most}. */
  long count(WorklistSection section, WorklistFilter filter, long most);

  /** What waits for this reader because a colleague handed it over, in order. */
  List<Entry> handedTo(String reader);

  /** What the filters can be set to, of tasks that are not final. */
  Choices choices();

  /**
   * The task that a claim of the next one by this reader would give now, with the way in which it
   * would come; nothing is claimed.
   */
  Optional<Entry> next(String reader);

  /**
   * Tasks in order.
   *
   * @param last where the next page begins; empty if this is the last one
   */
  record Page(List<Entry> entries, Optional<Place> last) {
    public Page {
      entries = List.copyOf(entries);
    }
  }

  /**
   * A task on the worklist.
   *
   * @param due when its reading is wanted, if whoever asked for it said so
   */
  record Entry(TaskRow row, Optional<Instant> due) {}

  /**
   * A place in the order of a section.
   *
   * @param key what the section is ordered by, as the ledger writes it
   * @param id of the task there
   */
  record Place(String key, UUID id) {}

  /** Values that there are, in order. */
  record Choices(
      List<String> modalities, List<String> packages, List<String> protocols, List<String> tags) {
    public Choices {
      modalities = List.copyOf(modalities);
      packages = List.copyOf(packages);
      protocols = List.copyOf(protocols);
      tags = List.copyOf(tags);
    }
  }
}
