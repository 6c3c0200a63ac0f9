package org.firstpass.finding;

/** Why findings are refused. The names are stable codes of the HTTP interface. */
public enum FindingFault {
  /** The protocol neither asks for it nor allows it. */
  FINDING_NOT_ASKED_FOR,
  /** The schema has no such segment. */
  FINDING_OF_UNKNOWN_SEGMENT,
  /** A point lies outside of the image. */
  FINDING_OUTSIDE_IMAGE,
  /** A tag answers with none of the choices. */
  FINDING_NOT_A_CHOICE,
  /** More than the protocol allows. */
  FINDING_TOO_MANY,
  /** The protocol asks for one that is not there. */
  FINDING_MISSING
}
