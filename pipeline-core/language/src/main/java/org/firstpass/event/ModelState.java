package org.firstpass.event;

/** What a version of a package may do. */
public enum ModelState {
  /** Known, and given nothing. */
  REGISTERED,
  /** Runs beside the one that is served; nobody is shown what it proposes. */
  SHADOW,
  /** Is served to a share of the series. */
  CANARY,
  /** Is served to the others. */
  SERVING,
  /** Is given nothing any more. */
  RETIRED
}
