package org.firstpass.review;

/**
 * How long a reading will probably take, and how that is known.
 *
 * @param minutes the median of those readings
 * @param readings how many there were
 */
public record ExpectedEffort(double minutes, Basis basis, int readings) {

  /** Of which readings the median is, the closest first. */
  public enum Basis {
    /** Of the same package for the same protocol. */
    PROTOCOL,
    /** Of the same package. */
    PACKAGE,
    /** Of all packages. */
    ALL
  }
}
