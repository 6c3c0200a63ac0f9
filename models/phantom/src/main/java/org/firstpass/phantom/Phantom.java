package org.firstpass.phantom;

import java.util.stream.IntStream;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSize;
import org.firstpass.segment.LabelSchema;
import org.firstpass.volume.LabelMap;
import org.firstpass.volume.Volume;

/**
 * A made-up CT volume of an abdomen and its true labels.
 *
 * <p>The liver is on the patient's right, as the axes of the grid say. Values are whole Hounsfield
 * units from -1024 to 3071, held as a scanner stores them. The same seed, difficulty and grid give
 * the same bytes.
 */
public final class Phantom {
  private static final int INTERCEPT = -1024;
  private static final int MAX_STORED = 4095;

  private final Volume volume;
  private final LabelMap truth;
  private final ContrastPhase phase;

  private Phantom(Volume volume, LabelMap truth, ContrastPhase phase) {
    this.volume = volume;
    this.truth = truth;
    this.phase = phase;
  }

  public static Phantom of(PhantomSpec spec) {
    var anatomy = new Anatomy(spec.seed(), spec.difficulty());
    return scan(anatomy, spec, spec.grid(anatomy.target()));
  }

  /** The body of a spec on another grid, which must be in its frame of reference. */
  public static Phantom of(PhantomSpec spec, GridGeometry grid) {
    var anatomy = new Anatomy(spec.seed(), spec.difficulty());
    GridGeometry own = spec.grid(anatomy.target());
    if (!own.frameOfReference().equals(grid.frameOfReference())) {
      throw new IllegalArgumentException(
          "the phantom is in frame of reference "
              + own.frameOfReference()
              + ", the grid in "
              + grid.frameOfReference());
    }
    return scan(anatomy, spec, grid);
  }

  /** The grid that a spec will be scanned on. */
  public static GridGeometry gridOf(PhantomSpec spec) {
    return spec.grid(new Anatomy(spec.seed(), spec.difficulty()).target());
  }

  private static Phantom scan(Anatomy anatomy, PhantomSpec spec, GridGeometry grid) {
    GridSize size = grid.size();
    var stored = new short[size.voxels()];
    var labels = new short[size.voxels()];
    var noise = new ScanNoise(spec.seed(), spec.difficulty(), grid.spacing());
    IntStream.range(0, size.slices())
        .parallel()
        .forEach(
            slice -> {
              var painter = new Painter(grid, anatomy.offset());
              painter.paint(slice, anatomy.structures());
              noise.add(slice, grid, anatomy.offset(), anatomy.body(), painter);
              int at = slice * size.voxelsPerSlice();
              System.arraycopy(painter.labels, 0, labels, at, painter.labels.length);
              store(painter.values, stored, at);
            });
    Volume volume = Volume.ofStored(grid, stored, new Volume.StoredAs(false, 1, INTERCEPT));
    return new Phantom(volume, volume.withLabels(labels), anatomy.phase());
  }

  private static void store(float[] values, short[] stored, int at) {
    for (int i = 0; i < values.length; i++) {
      int value = Math.round(values[i]) - INTERCEPT;
      stored[at + i] = (short) Math.min(Math.max(value, 0), MAX_STORED);
    }
  }

  /** In Hounsfield units. */
  public Volume volume() {
    return volume;
  }

  /** On the volume's grid, numbered as {@link #schema} says. */
  public LabelMap truth() {
    return truth;
  }

  public LabelSchema schema() {
    return AbdomenSchema.SCHEMA;
  }

  public ContrastPhase phase() {
    return phase;
  }
}
