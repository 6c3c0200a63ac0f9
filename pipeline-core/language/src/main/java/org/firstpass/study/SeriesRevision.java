package org.firstpass.study;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;

/**
 * The instances of a series as they stood when it was complete.
 *
 * <p>A later instance makes the next revision. Instances are held sorted by SOP Instance UID, so
 * that the order of arrival leaves no trace.
 */
public record SeriesRevision(
    StudyReference reference, int number, List<InstanceReference> instances) {
  public SeriesRevision {
    if (number < 1) {
      throw new IllegalArgumentException("a revision counts from 1, but is " + number);
    }
    if (instances.isEmpty()) {
      throw new IllegalArgumentException("a series revision has at least one instance");
    }
    instances =
        instances.stream()
            .sorted(Comparator.comparing((InstanceReference i) -> i.instance().value()))
            .toList();
  }

  /** The hash over the sorted (SOP Instance UID, content hash): the identity of this input. */
  public Sha256 hash() {
    var digest = Sha256.newDigest();
    for (InstanceReference instance : instances) {
      String line = instance.instance() + " " + instance.content() + "\n";
      digest.update(line.getBytes(StandardCharsets.UTF_8));
    }
    return Sha256.from(digest.digest());
  }
}
