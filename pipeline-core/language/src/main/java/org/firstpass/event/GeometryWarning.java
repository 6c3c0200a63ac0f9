package org.firstpass.event;

/** What is unusual about the shape of a proposed segment, against what its package expects. */
public enum GeometryWarning {
  VOLUME_LOW,
  VOLUME_HIGH,
  TOO_MANY_COMPONENTS,
  /** It reaches the border of the series and may be cut off. */
  TOUCHES_EDGE
}
