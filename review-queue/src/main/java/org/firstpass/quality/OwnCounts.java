package org.firstpass.quality;

/** What one reader has done, for that reader alone. */
public record OwnCounts(Span today, Span week) {

  /**
   * Work of a span of time.
   *
   * @param cases that were corrected or accepted
   * @param activeMillis the reader's time with them
   */
  public record Span(long cases, long activeMillis) {}
}
