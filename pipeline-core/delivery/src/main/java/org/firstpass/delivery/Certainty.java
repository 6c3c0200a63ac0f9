package org.firstpass.delivery;

import java.util.Arrays;
import java.util.Optional;
import org.firstpass.dicom.SegmentProbabilities;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.volume.LabelMap;

/**
 * How probable each segment is at its own voxels, estimated from what is kept of a proposal: where
 * the network was sure it is 1, where it could not have been less sure it is one half, because the
 * segment was chosen all the same. What a person decided is 1.
 *
 * <p>Of proposals whose probabilities were not kept; of others see {@link KeptProbabilities}.
 */
final class Certainty implements SegmentProbabilities {
  private static final int CERTAIN = 255;

  private final LabelMap labels;
  private final Optional<byte[]> doubt;

  Certainty(LabelMap labels, Optional<byte[]> doubt) {
    this.labels = labels;
    this.doubt = doubt;
  }

  @Override
  public GridGeometry geometry() {
    return labels.geometry();
  }

  @Override
  public void read(int segmentNumber, int slice, byte[] target) {
    Arrays.fill(target, (byte) 0);
    int first = labels.geometry().size().index(0, 0, slice);
    for (int i = 0; i < target.length; i++) {
      if (labels.labelAt(first + i) == segmentNumber) {
        target[i] = (byte) (CERTAIN - doubtAt(first + i) / 2);
      }
    }
  }

  private int doubtAt(int index) {
    return doubt.map(values -> Byte.toUnsignedInt(values[index])).orElse(0);
  }
}
