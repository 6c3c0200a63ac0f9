package org.firstpass.delivery;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import org.firstpass.dicom.InstanceSource;
import org.firstpass.dicom.SegmentProbabilities;
import org.firstpass.failure.Defect;
import org.firstpass.failure.ReasonCode;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.volume.LabelMap;
import org.firstpass.volume.ProbabilityMapCodec;
import org.firstpass.volume.SegmentProbability;
import org.jspecify.annotations.Nullable;

/**
 * How probable each segment is, as the network said and the proposal kept it. One half and above is
 * what was proposed and nothing else: where several classes share the probability, or what the
 * network found was cleaned up, the value stays on its side of the half.
 *
 * <p>One segment at a time is in memory. One thread at a time.
 */
final class KeptProbabilities implements SegmentProbabilities {
  private static final int HALF = 128;

  private final LabelMap labels;
  private final InstanceSource map;
  private int segmentInMemory;
  private @Nullable SegmentProbability inMemory;

  /**
   * @param map opens the stored probabilities
   */
  KeptProbabilities(LabelMap labels, InstanceSource map) {
    this.labels = labels;
    this.map = map;
  }

  @Override
  public GridGeometry geometry() {
    return labels.geometry();
  }

  @Override
  public void read(int segmentNumber, int slice, byte[] target) {
    Arrays.fill(target, (byte) 0);
    of(segmentNumber)
        .ifPresent(known -> known.copySlice(slice, target, geometry().size().columns()));
    int first = geometry().size().index(0, 0, slice);
    for (int i = 0; i < target.length; i++) {
      int value = Byte.toUnsignedInt(target[i]);
      boolean proposed = labels.labelAt(first + i) == segmentNumber;
      target[i] = (byte) (proposed ? Math.max(HALF, value) : Math.min(HALF - 1, value));
    }
  }

  private Optional<SegmentProbability> of(int segmentNumber) {
    if (segmentNumber != segmentInMemory) {
      inMemory = stored(segmentNumber).orElse(null);
      segmentInMemory = segmentNumber;
    }
    return Optional.ofNullable(inMemory);
  }

  private Optional<SegmentProbability> stored(int segmentNumber) {
    var grid = geometry().size();
    try (InputStream in = map.open()) {
      return ProbabilityMapCodec.section(in, grid, segmentNumber)
          .map(section -> ProbabilityMapCodec.decode(section, grid));
    } catch (IOException | IllegalArgumentException e) {
      throw new Defect(ReasonCode.OBJECT_MISSING, "the stored probabilities are damaged", e);
    }
  }
}
