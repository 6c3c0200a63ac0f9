package org.firstpass.selection;

import java.util.Locale;
import java.util.Optional;
import org.firstpass.review.Interest;
import org.jspecify.annotations.Nullable;

/** What the queue seeks out where no clinical reason says what is read next. */
public enum Strategy {
  /** Cases of which the package itself is least sure. */
  UNCERTAINTY(null),
  /** Cases unlike those that were read. */
  DIVERSITY(Interest.Kind.DIVERSITY),
  /** Cases on which a package in shadow says something else, or readers of such cases disagreed. */
  DISAGREEMENT(Interest.Kind.DISAGREEMENT),
  /** Cases of a scanner or protocol of which little was read. */
  NOVELTY(Interest.Kind.NOVELTY);

  private final Interest.@Nullable Kind kind;

  Strategy(Interest.@Nullable Kind kind) {
    this.kind = kind;
  }

  /** The interest that it asks for; none if the package's own doubt is enough. */
  public Optional<Interest.Kind> interest() {
    return Optional.ofNullable(kind);
  }

  /** Whether it asks which scanner made the images. */
  public boolean looksAtScanner() {
    return this == NOVELTY || this == DISAGREEMENT;
  }

  /**
   * The strategy of this name.
   *
   * @throws IllegalArgumentException naming those that there are
   */
  public static Strategy named(String name) {
    for (Strategy one : values()) {
      if (one.name().toLowerCase(Locale.ROOT).equals(name)) {
        return one;
      }
    }
    throw new IllegalArgumentException(
        "a strategy is uncertainty, diversity, disagreement or novelty, but is '" + name + "'");
  }
}
