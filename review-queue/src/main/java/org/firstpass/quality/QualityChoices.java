package org.firstpass.quality;

import java.util.List;

/** What figures can be narrowed down to: each name that occurs, in order. */
public record QualityChoices(
    List<String> versions,
    List<String> segments,
    List<String> scanners,
    List<String> protocols,
    List<String> readers) {
  public QualityChoices {
    versions = List.copyOf(versions);
    segments = List.copyOf(segments);
    scanners = List.copyOf(scanners);
    protocols = List.copyOf(protocols);
    readers = List.copyOf(readers);
  }
}
