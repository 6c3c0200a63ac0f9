package org.firstpass.training.graph;

import java.util.List;

/**
 * One tensor of weights of a graph.
 *
 * @param offset where its values begin in the one array that has all trained weights
 * @param trained whether training changes it
 */
public record Weight(String name, List<Long> shape, int offset, boolean trained) {
  public Weight {
    shape = List.copyOf(shape);
  }

  /** How many numbers it has. */
  public int count() {
    return Math.toIntExact(shape.stream().reduce(1L, (a, b) -> a * b));
  }

  long[] axes() {
    return shape.stream().mapToLong(Long::longValue).toArray();
  }
}
