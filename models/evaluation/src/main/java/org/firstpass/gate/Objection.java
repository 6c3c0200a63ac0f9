package org.firstpass.gate;

/**
 * Why two reports cannot be used to decide.
 *
 * @param words for people, with the cases that it is about
 */
public record Objection(Code code, String words) {

  /** Stable. */
  public enum Code {
    /** A case is not on a held-out side that the rules allow. */
    SIDE,
    /** Both reports are of the same package content. */
    SAME_PACKAGE,
    /** The packages have different names or mark different segments. */
    OTHER_TASK,
    /** The reports were made with different settings. */
    OTHER_SETTINGS,
    /** The reports are not of the same cases. */
    OTHER_CASES,
    /** A case has other reference labels in one of them, or another patient. */
    OTHER_REFERENCE,
    /** The candidate refused cases that the served one proposed something for. */
    REFUSED_CASES,
    /** Too few patients to decide anything. */
    TOO_FEW
  }
}
