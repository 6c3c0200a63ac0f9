package org.firstpass.inference;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.firstpass.model.NpyArray;
import org.firstpass.prepare.NetworkOutput;

/** How near an output comes to a reference: what the frameworks' users would see. */
final class Comparison {
  private static final double SMALLEST_AGREEMENT = 0.9999;

  private final NpyArray expected;
  private final NetworkOutput output;

  Comparison(NpyArray expected, NetworkOutput output) {
    this.expected = expected;
    this.output = output;
  }

  /**
   * Insists that no value differs by more than a share of the expected range, and that nearly every
   * voxel has the same largest channel.
   */
  void requireWithin(double share) {
    double difference = difference();
    double agreement = agreement();
    assertTrue(
        difference <= share && agreement >= SMALLEST_AGREEMENT,
        "differs by " + difference + " of the range, agrees on " + agreement);
  }

  private double difference() {
    double largest = 0;
    double minimum = Double.POSITIVE_INFINITY;
    double maximum = Double.NEGATIVE_INFINITY;
    int perChannel = output.grid().size().voxels();
    for (int i = 0; i < expected.values().length; i++) {
      float found = output.channel(i / perChannel)[i % perChannel];
      float wanted = expected.values()[i];
      largest = Math.max(largest, Math.abs((double) wanted - found));
      minimum = Math.min(minimum, wanted);
      maximum = Math.max(maximum, wanted);
    }
    return largest / (maximum - minimum);
  }

  /** A reference that was rounded may have ties; either side of one is right. */
  private double agreement() {
    int voxels = output.grid().size().voxels();
    int equal = 0;
    for (int at = 0; at < voxels; at++) {
      int found = 0;
      float most = Float.NEGATIVE_INFINITY;
      for (int channel = 0; channel < output.channels(); channel++) {
        found = output.channel(channel)[at] > output.channel(found)[at] ? channel : found;
        most = Math.max(most, expected.values()[channel * voxels + at]);
      }
      equal += expected.values()[found * voxels + at] == most ? 1 : 0;
    }
    return (double) equal / voxels;
  }
}
