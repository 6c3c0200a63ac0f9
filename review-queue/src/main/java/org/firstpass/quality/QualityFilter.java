package org.firstpass.quality;

import java.util.Optional;

/** Which corrections count: those that have all of what is named here. */
public record QualityFilter(
    Optional<String> reader,
    Optional<String> version,
    Optional<String> segment,
    Optional<String> scanner,
    Optional<String> protocol,
    Optional<String> verdict) {
  public static final QualityFilter ALL =
      new QualityFilter(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  /** The same of one reader alone. */
  public QualityFilter of(String only) {
    return new QualityFilter(Optional.of(only), version, segment, scanner, protocol, verdict);
  }
}
