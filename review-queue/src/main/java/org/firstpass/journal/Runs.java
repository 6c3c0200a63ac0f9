package org.firstpass.journal;

import java.util.Arrays;
import org.firstpass.correction.InconsistentSubmission;
import org.firstpass.volume.LabelMap;

/**
 * Voxels that got a label: runs in ascending order of the volume's offsets (slice, row, column,
 * column fastest). As bytes: for each run the gap since the end of the run before, its length, and
 * its label afterwards (0: none), each an unsigned LEB128 number. Immutable.
 */
public final class Runs {
  private static final int MAX_BYTES_OF_NUMBER = 5;
  public static final Runs NONE = new Runs(new byte[0]);

  private final byte[] bytes;

  private Runs(byte[] bytes) {
    this.bytes = bytes;
  }

  public static Runs of(byte[] bytes) {
    return bytes.length == 0 ? NONE : new Runs(bytes.clone());
  }

  /** The voxels that have a label. */
  public static Runs of(LabelMap labels) {
    var runs = new RunsBuilder();
    int voxels = labels.geometry().size().voxels();
    for (int at = 0; at < voxels; ) {
      int end = labels.endOfRun(at, voxels);
      if (labels.labelAt(at) != 0) {
        runs.add(at, end - at, labels.labelAt(at));
      }
      at = end;
    }
    return runs.build();
  }

  /** Is told of each run. */
  @FunctionalInterface
  public interface Visitor {
    void run(int start, int length, int label);
  }

  /**
   * Visits the runs in order.
   *
   * @param voxels of the volume
   * @param maxLabel the highest segment number of the schema
   * @throws InconsistentSubmission if the bytes end within a run, or a run reaches beyond the last
   *     voxel, is empty, or has a label above the highest
   */
  public void forEach(int voxels, int maxLabel, Visitor visitor) {
    var numbers = new Numbers();
    long end = 0;
    while (numbers.more()) {
      long start = end + numbers.next();
      long length = numbers.next();
      long label = numbers.next();
      end = start + length;
      if (length == 0 || end > voxels) {
        throw new InconsistentSubmission(
            "a run of a stroke, from voxel " + start + " to " + end + ", is outside of " + voxels);
      }
      if (label > maxLabel) {
        throw new InconsistentSubmission(
            "a stroke has label " + label + ", but the highest segment is " + maxLabel);
      }
      visitor.run((int) start, (int) length, (int) label);
    }
  }

  public byte[] toBytes() {
    return bytes.clone();
  }

  public int size() {
    return bytes.length;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Runs runs && Arrays.equals(bytes, runs.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return bytes.length + " bytes of runs";
  }

  private final class Numbers {
    private int at;

    boolean more() {
      return at < bytes.length;
    }

    long next() {
      long value = 0;
      for (int count = 0; count < MAX_BYTES_OF_NUMBER; count++) {
        if (at >= bytes.length) {
          throw new InconsistentSubmission("the runs of a stroke are cut short");
        }
        byte part = bytes[at++];
        value |= (long) (part & 0x7f) << (7 * count);
        if (part >= 0) {
          return value;
        }
      }
      throw new InconsistentSubmission("a number of a stroke has more than 35 bits");
    }
  }
}
