package org.firstpass.inference;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The shape of a graph's input or output as the graph states it.
 *
 * @param axes their lengths; {@link #ANY} for one that the graph leaves open
 */
record TensorShape(Element element, List<Long> axes) {
  static final long ANY = -1;

  TensorShape {
    axes = List.copyOf(axes);
  }

  /** The element types that this build can give or take. */
  enum Element {
    FLOAT32,
    INT64,
    OTHER
  }

  /** Whether a tensor of these lengths fits. */
  boolean accepts(long... lengths) {
    if (axes.size() != lengths.length) {
      return false;
    }
    for (int axis = 0; axis < lengths.length; axis++) {
      if (axes.get(axis) != ANY && lengths[axis] != ANY && axes.get(axis) != lengths[axis]) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return element
        + axes.stream()
            .map(length -> length == ANY ? "?" : length.toString())
            .collect(Collectors.joining(" x ", "(", ")"));
  }
}
