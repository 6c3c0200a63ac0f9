package org.firstpass.foreign;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.firstpass.foreign.ForeignItem.Filed;
import org.firstpass.foreign.ForeignItem.Intent;
import org.firstpass.foreign.ForeignItem.State;
import org.firstpass.study.SeriesInstanceUid;

/** Where foreign objects are kept. Each method is one transaction. Safe for many threads. */
public interface ForeignLedger {

  /**
   * Remembers the objects of a series; those that are known stay as they are. One that is kept and
   * came again with other content is refused as replaced.
   */
  void arrived(List<ForeignObject> objects, Instant now);

  Optional<ForeignItem> find(UUID id);

  /** The latest first. */
  List<ForeignItem> list(State state, int limit);

  /** Those that are kept for this task. */
  List<ForeignItem> keptFor(UUID task);

  /** Those that wait for something to be proposed for the series. */
  List<UUID> waitingFor(SeriesInstanceUid series);

  /** Those whose submission did not end. */
  List<UUID> underWay();

  /** The tasks of a series, whatever their state. */
  List<UUID> tasksOf(SeriesInstanceUid series);

  /** The corrections of a task. */
  List<UUID> correctionsOf(UUID task);

  /**
   * Remembers which series an object lies on, so that {@link #waitingFor} finds it.
   *
   * @param series as it says itself
   */
  void refersTo(UUID id, List<SeriesInstanceUid> series);

  /** Says what will be submitted; nothing changes if the item is final or another is under way. */
  boolean intend(UUID id, Intent intent);

  /**
   * Puts an item somewhere and ends its intent; an item that is final stays where it is. When every
   * object of its series has been looked at, where the series was put is told.
   *
   * @return the item as it is now
   */
  ForeignItem file(UUID id, Filed filed, Instant now);

  /** As {@link #file}, but not if a submission is under way. */
  Optional<ForeignItem> fileUnlessUnderWay(UUID id, Filed filed, Instant now);

  Map<State, Long> counts();
}
