package org.firstpass.review;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Which tasks somebody wants to see; what is empty asks for nothing.
 *
 * @param reader who holds the task, or who decided it
 * @param handedTo for whom a colleague meant it, as long as nobody has taken it
 * @param dueBefore what is due by then
 * @param flagged only what is marked for discussion
 * @param search what it is looked for by
 */
public record WorklistFilter(
    Kind kind,
    Optional<String> reader,
    Optional<String> handedTo,
    Optional<Instant> dueBefore,
    boolean flagged,
    Optional<Search> search) {

  /** Everything. */
  public static final WorklistFilter NONE =
      new WorklistFilter(
          Kind.ANY, Optional.empty(), Optional.empty(), Optional.empty(), false, Optional.empty());

  /**
   * Of what kind the case is.
   *
   * @param modality of the series
   * @param packageName of the package that proposed
   * @param protocol the annotation protocol that the route asked for
   * @param tag the meaning of a finding that the model says is present
   */
  public record Kind(
      Optional<String> modality,
      Optional<String> packageName,
      Optional<String> protocol,
      Optional<String> tag) {
    public static final Kind ANY =
        new Kind(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
  }

  /**
   * What was typed, and what the stored studies say that it names.
   *
   * @param uid how a Study or Series Instance UID begins or ends; empty if it cannot be one
   * @param studies Study Instance UIDs of the request that was typed
   * @param series Series Instance UIDs of the instance that was typed
   */
  public record Search(Optional<String> uid, List<String> studies, List<String> series) {
    public Search {
      studies = List.copyOf(studies);
      series = List.copyOf(series);
    }
  }
}
