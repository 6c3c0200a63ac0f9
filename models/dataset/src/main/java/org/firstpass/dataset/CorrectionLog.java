package org.firstpass.dataset;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * What of the correction log a data set was made of: enough to make it again from the log alone.
 *
 * @param offsets by partition, the first offset behind everything that was weighed
 * @param corrections everything that was weighed, also what did not become a case, sorted by id
 */
public record CorrectionLog(
    String topic, SortedMap<Integer, Long> offsets, List<Weighed> corrections) {

  /** One correction and where it lay when the data set was first made. */
  public record Weighed(UUID correction, int partition, long offset) {}

  static CorrectionLog of(String topic, Collection<Weighed> weighed) {
    var offsets = new TreeMap<Integer, Long>();
    weighed.forEach(one -> offsets.merge(one.partition(), one.offset() + 1, Math::max));
    List<Weighed> sorted =
        weighed.stream().sorted(Comparator.comparing(one -> one.correction().toString())).toList();
    return new CorrectionLog(topic, offsets, sorted);
  }
}
