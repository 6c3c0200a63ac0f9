package org.firstpass.inference;

import java.util.Arrays;
import org.firstpass.failure.Defect;
import org.firstpass.failure.ReasonCode;
import org.firstpass.geometry.GridSize;

/**
 * What one pass said of a window, read from the output tensor of its call and turned back. Of a
 * graph that decides itself each channel is 1 where the graph chose it, and 0 elsewhere. One thread
 * at a time.
 */
final class PassValues implements WindowValues {
  private final NetworkCall call;
  private final int first;
  private final Mirror mirror;
  private final GridSize window;
  private final int labels;
  private final float[] chosen;
  private int chosenSlice = -1;

  /**
   * @param place of the window in the call
   * @param channels of the manifest's output
   * @param decided whether the graph has chosen already
   */
  PassValues(NetworkCall call, int place, Mirror mirror, int channels, boolean decided) {
    this.call = call;
    this.window = call.tensor().window();
    this.first = Math.toIntExact(place * call.tensor().outputValues());
    this.mirror = mirror;
    this.labels = decided ? channels : 0;
    this.chosen = new float[decided ? window.voxelsPerSlice() : 0];
  }

  @Override
  public void read(int channel, int slice, float[] plane) {
    if (labels == 0) {
      readPlane(channel, slice, plane);
      return;
    }
    if (chosenSlice != slice) {
      readPlane(0, slice, chosen);
      requireLabels();
      chosenSlice = slice;
    }
    for (int at = 0; at < plane.length; at++) {
      plane[at] = chosen[at] == channel ? 1 : 0;
    }
  }

  @Override
  public void readAgreement(int slice, float[] plane) {
    Arrays.fill(plane, 1);
  }

  private void readPlane(int channel, int slice, float[] plane) {
    int turned = mirror.slice(slice, window.slices());
    int from = first + channel * window.voxels() + turned * window.voxelsPerSlice();
    call.readOutput(from, plane, plane.length);
    mirror.turn(plane, window.rows(), window.columns());
  }

  private void requireLabels() {
    for (float label : chosen) {
      if (!(label >= 0 && label < labels && label == (int) label)) {
        throw new Defect(
            ReasonCode.INFERENCE_FAILED,
            "the network's labels must be whole numbers below " + labels + ", but one is " + label);
      }
    }
  }
}
