package org.firstpass.dicom;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What a reader should look at first: slices of a series, and perhaps the segmentation.
 *
 * @param description why, in plain words, 1 to 1024 characters
 * @param slices indices of the source's grid, from 0; each once
 * @param referenced the segmentation that is to be reviewed, null if only slices are pointed at
 */
public record KeyObjectSelection(
    DerivedIdentity identity,
    String description,
    List<Integer> slices,
    @Nullable ReferencedSegmentation referenced) {
  private static final int LONGEST_DESCRIPTION = 1024;

  public KeyObjectSelection {
    if (description.isBlank() || description.length() > LONGEST_DESCRIPTION) {
      throw new IllegalArgumentException(
          "a description has 1 to " + LONGEST_DESCRIPTION + " characters");
    }
    slices = slices.stream().distinct().sorted().toList();
    if (slices.isEmpty() && referenced == null) {
      throw new IllegalArgumentException("a key object selection points at something");
    }
  }

  Optional<ReferencedSegmentation> segmentation() {
    return Optional.ofNullable(referenced);
  }

  /**
   * The slices of which a network was least sure, in slice order.
   *
   * @param sliceUncertainty one number for each slice, larger where it was less sure
   * @param most at most so many; slices without any uncertainty are not among them
   */
  public static List<Integer> leastSure(List<Double> sliceUncertainty, int most) {
    return IntStream.range(0, sliceUncertainty.size())
        .boxed()
        .filter(slice -> sliceUncertainty.get(slice) > 0)
        .sorted(Comparator.comparingDouble(slice -> -sliceUncertainty.get(slice)))
        .limit(most)
        .sorted()
        .toList();
  }
}
