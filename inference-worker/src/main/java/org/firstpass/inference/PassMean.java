package org.firstpass.inference;

import java.util.Arrays;
import java.util.Objects;
import org.firstpass.geometry.GridSize;
import org.firstpass.model.ModelManifest;
import org.firstpass.prepare.NetworkSlab;
import org.firstpass.prepare.SegmentChoice;

/**
 * The mean of what several passes said of a window: mirrored, by the members of an ensemble, or
 * both; and how many of them chose what their mean chooses. Used again for the next window. One
 * thread at a time.
 */
final class PassMean implements WindowValues {
  private final GridSize window;
  private final int passes;
  private final SegmentChoice choice;
  private final float[][] sums;
  private final short[][] chosen;
  private final float[][] planes;
  private int added;

  PassMean(ModelManifest manifest, GridSize window, int passes) {
    this.window = window;
    this.passes = passes;
    this.choice = SegmentChoice.of(manifest);
    int channels = manifest.output().channels();
    this.sums = new float[channels][window.voxels()];
    this.chosen = new short[passes][window.voxels()];
    this.planes = new float[channels][window.voxelsPerSlice()];
  }

  /** Heap that one takes. */
  static long bytes(ModelManifest manifest, GridSize window, int passes) {
    long perVoxel = (long) Float.BYTES * manifest.output().channels() + (long) Short.BYTES * passes;
    return perVoxel * window.voxels();
  }

  /** Adds a pass, in the order of the passes. */
  void add(WindowValues pass) {
    int plane = window.voxelsPerSlice();
    boolean first = added == 0;
    for (int slice = 0; slice < window.slices(); slice++) {
      int from = slice * plane;
      for (int channel = 0; channel < sums.length; channel++) {
        pass.read(channel, slice, planes[channel]);
        addPlane(planes[channel], sums[channel], from, first);
      }
      choice.chooseAll(new NetworkSlab(slice, 1, planes, null), plane, chosen[added]);
    }
    added++;
  }

  /** Whether every pass is in. */
  boolean isComplete() {
    return added == passes;
  }

  /** Forgets the window. */
  void clear() {
    added = 0;
  }

  @Override
  public void read(int channel, int slice, float[] plane) {
    float share = 1f / passes;
    int from = slice * plane.length;
    for (int at = 0; at < plane.length; at++) {
      plane[at] = sums[channel][from + at] * share;
    }
  }

  @Override
  public void readAgreement(int slice, float[] plane) {
    for (int channel = 0; channel < planes.length; channel++) {
      read(channel, slice, planes[channel]);
    }
    var mean = new short[plane.length];
    choice.chooseAll(new NetworkSlab(0, 1, planes, null), plane.length, mean);
    Arrays.fill(plane, 0);
    int from = slice * plane.length;
    for (short[] pass : chosen) {
      for (int at = 0; at < plane.length; at++) {
        plane[at] += pass[from + at] == mean[at] ? 1 : 0;
      }
    }
    for (int at = 0; at < plane.length; at++) {
      plane[at] /= passes;
    }
  }

  private static void addPlane(float[] plane, float[] sum, int from, boolean first) {
    Objects.checkFromIndexSize(from, plane.length, sum.length);
    if (first) {
      System.arraycopy(plane, 0, sum, from, plane.length);
      return;
    }
    for (int at = 0; at < plane.length; at++) {
      sum[from + at] += plane[at];
    }
  }
}
