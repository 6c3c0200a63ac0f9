package org.firstpass.segment;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** The segments that a label map may have, by number; no two overlap. */
public record LabelSchema(String name, int version, List<Segment> segments) {
  public LabelSchema {
    if (name.isBlank()) {
      throw new IllegalArgumentException("a label schema has a name");
    }
    if (segments.isEmpty()) {
      throw new IllegalArgumentException("label schema '" + name + "' has no segment");
    }
    var numbers = new HashSet<Integer>();
    for (Segment segment : segments) {
      if (!numbers.add(segment.number())) {
        throw new IllegalArgumentException(
            "label schema '" + name + "' has segment number " + segment.number() + " twice");
      }
    }
    segments = List.copyOf(segments);
  }

  public int highestNumber() {
    return segments.stream().mapToInt(Segment::number).max().orElse(0);
  }

  public Optional<Segment> segment(int number) {
    return segments.stream().filter(segment -> segment.number() == number).findFirst();
  }
}
