package org.firstpass.segment;

/** The forms in which a reader states a finding. */
public enum FindingKind {
  /** A coded word for the whole image or segment. */
  TAG,
  /** A place. */
  POINT,
  /** A rectangle on a plane. */
  BOX,
  /** A closed border on a plane. */
  CONTOUR,
  /** The distance between two places. */
  LENGTH,
  /** A closed border on a plane, for what it measures inside. */
  AREA,
  /** Words. */
  COMMENT
}
