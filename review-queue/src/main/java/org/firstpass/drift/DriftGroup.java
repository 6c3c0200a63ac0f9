package org.firstpass.drift;

/**
 * Cases, or segments of cases, that are watched together: those of one protocol, and of these those
 * with one segment, scanner or site.
 *
 * @param name of the segment, scanner or site; empty for the whole protocol
 */
public record DriftGroup(String protocol, Axis axis, String name) {
  /** By what cases of a protocol are told apart. */
  public enum Axis {
    PROTOCOL,
    SEGMENT,
    /** Manufacturer and model. */
    SCANNER,
    /** Institution Name (0008,0080). */
    SITE
  }
}
