package org.firstpass.foreign;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.firstpass.segment.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * What a person said of an object, where it does not speak for itself.
 *
 * @param task which task it belongs to, null if that is clear
 * @param mapping the protocol's segment number, or 0 to leave it out, by drawn number
 * @param winners segments of the protocol, the strongest first
 * @param missing what holds of proposed segments that the object does not have: ACCEPT keeps what
 *     was proposed, REJECT and NOT_ASSESSABLE remove it
 */
public record PersonsWord(
    @Nullable UUID task,
    Map<Integer, Integer> mapping,
    List<Integer> winners,
    Map<Integer, Verdict> missing) {
  /** Nothing is said: it has to speak for itself. */
  public static final PersonsWord NONE = new PersonsWord(null, Map.of(), List.of(), Map.of());

  public PersonsWord {
    mapping = Map.copyOf(mapping);
    winners = List.copyOf(winners);
    missing = Map.copyOf(missing);
  }

  /** This and what was said earlier, where nothing else is said now. */
  PersonsWord after(PersonsWord earlier) {
    Map<Integer, Integer> mapped = new HashMap<>(earlier.mapping());
    mapped.putAll(mapping);
    Map<Integer, Verdict> known = new HashMap<>(earlier.missing());
    known.putAll(missing);
    return new PersonsWord(
        task == null ? earlier.task() : task,
        mapped,
        Stream.concat(winners.stream(), earlier.winners().stream()).distinct().toList(),
        known);
  }
}
