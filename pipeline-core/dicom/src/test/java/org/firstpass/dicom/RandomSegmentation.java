package org.firstpass.dicom;

import java.io.ByteArrayOutputStream;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.firstpass.geometry.Axes;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSize;
import org.firstpass.geometry.Spacing;
import org.firstpass.geometry.Vector3;
import org.firstpass.segment.LabelSchema;
import org.firstpass.study.FrameOfReferenceUid;
import org.firstpass.volume.LabelMap;
import org.firstpass.volume.Mask;

/**
 * A segmentation of random runs of voxels in one of the forms that are written here, and the truth
 * of every voxel. Its segments have the numbers from 1 on; in most cases some have no voxels.
 */
final class RandomSegmentation {
  private static final int LONGEST_RUN = 9;

  final Form form;
  final SourceSeries source;
  final LabelSchema schema;

  /** By segment and voxel: 0 to 255 as probability, 0 or 1 in every other form. */
  private final int[][] truth;

  RandomSegmentation(Form form, SourceSeries source, int segments, Random random) {
    this.form = form;
    this.source = source;
    this.schema = TestSegments.many(segments);
    this.truth = new int[segments][source.geometry().size().voxels()];
    if (form.overlaps()) {
      int most = form == Form.FRACTIONAL ? 255 : 1;
      for (int[] segment : truth) {
        drawRuns(random, (voxel, drawn) -> segment[voxel] = 1 + drawn % most);
      }
    } else {
      drawRuns(random, (voxel, drawn) -> truth[drawn % segments][voxel] = 1);
    }
  }

  /** How an object is written. */
  enum Form {
    BINARY,
    LABELMAP,
    LABELMAP_RLE,
    /** BINARY, of masks that may overlap. */
    MASKS,
    FRACTIONAL;

    boolean overlaps() {
      return this == MASKS || this == FRACTIONAL;
    }

    boolean isLabelMap() {
      return this == LABELMAP || this == LABELMAP_RLE;
    }
  }

  /** How the images lie in the patient: none is isotropic or begins at the origin. */
  enum Place {
    AXIAL(new Vector3(1, 0, 0), new Vector3(0, 1, 0)),
    /** Its slices rise towards the feet. */
    AXIAL_FROM_BELOW(new Vector3(1, 0, 0), new Vector3(0, -1, 0)),
    SAGITTAL(new Vector3(0, 1, 0), new Vector3(0, 0, -1)),
    OBLIQUE(TestCt.oblique(1, 1, 1).axes().column(), TestCt.oblique(1, 1, 1).axes().row());

    private final Axes axes;

    Place(Vector3 column, Vector3 row) {
      this.axes = Axes.ofPlane(column, row);
    }

    /**
     * A series of this place.
     *
     * @param againstNormal whether it was acquired, and is numbered, against the normal of its
     *     plane
     */
    SourceSeries source(GridSize size, boolean againstNormal) {
      if (size.slices() == 1) {
        return SegmentationRoundTripTest.firstSlice(
            source(new GridSize(size.columns(), size.rows(), 2), againstNormal));
      }
      var grid =
          new GridGeometry(
              new FrameOfReferenceUid("2.25.13"),
              size,
              new Vector3(-101.25, 33.3, 250.7),
              axes,
              new Spacing(0.7, 0.9, 2.5));
      return SegmentationRoundTripTest.source(againstNormal ? Turn.SLICES.of(grid) : grid);
    }
  }

  /** The same voxels with indices that grow the other way. */
  enum Turn {
    NONE(1, 1),
    SLICES(1, -1),
    ALL(-1, -1);

    private final int inPlane;
    private final int slices;

    Turn(int inPlane, int slices) {
      this.inPlane = inPlane;
      this.slices = slices;
    }

    GridGeometry of(GridGeometry grid) {
      GridSize size = grid.size();
      return new GridGeometry(
          grid.frameOfReference(),
          size,
          grid.toPatient(
              inPlane < 0 ? size.columns() - 1 : 0,
              inPlane < 0 ? size.rows() - 1 : 0,
              slices < 0 ? size.slices() - 1 : 0),
          new Axes(
              grid.axes().column().times(inPlane),
              grid.axes().row().times(inPlane),
              grid.axes().slice().times(slices)),
          grid.spacing());
    }

    int voxel(GridSize size, int voxel) {
      int perSlice = size.voxelsPerSlice();
      int slice = voxel / perSlice;
      int within = voxel % perSlice;
      return (slices < 0 ? size.slices() - 1 - slice : slice) * perSlice
          + (inPlane < 0 ? perSlice - 1 - within : within);
    }
  }

  private interface Drawing {
    void mark(int voxel, int drawn);
  }

  /** Marks every second run of voxels, each with a number of its own. */
  private void drawRuns(Random random, Drawing drawing) {
    int voxels = source.geometry().size().voxels();
    boolean marked = random.nextBoolean();
    int at = 0;
    while (at < voxels) {
      int end = Math.min(voxels, at + 1 + random.nextInt(LONGEST_RUN));
      int drawn = random.nextInt(Integer.MAX_VALUE);
      for (; at < end; at++) {
        if (marked) {
          drawing.mark(at, drawn);
        }
      }
      marked = !marked;
    }
  }

  /** What a segment, from 1, has at a voxel. */
  int truth(int segment, int voxel) {
    return truth[segment - 1][voxel];
  }

  /** Whether any voxel belongs to two segments. */
  boolean hasOverlap() {
    var union = new BitSet();
    for (int[] segment : truth) {
      BitSet own = atLeast(segment, 1);
      if (union.intersects(own)) {
        return true;
      }
      union.or(own);
    }
    return false;
  }

  byte[] file() {
    var out = new ByteArrayOutputStream();
    SegmentationContent content = TestSegments.content(schema);
    switch (form) {
      case BINARY, LABELMAP, LABELMAP_RLE ->
          SegmentationWriter.write(
              source, labels(), content, SegmentationEncoding.valueOf(form.name()), out);
      case MASKS -> SegmentationWriter.write(source, masks(), content, out);
      case FRACTIONAL -> FractionalWriter.write(source, probabilities(), content, out);
    }
    return out.toByteArray();
  }

  /** The label of every voxel, 0 for background. */
  LabelMap labels() {
    GridGeometry grid = source.geometry();
    short[] labels = new short[grid.size().voxels()];
    for (int segment = 0; segment < truth.length; segment++) {
      for (int voxel = 0; voxel < labels.length; voxel++) {
        labels[voxel] += (short) (truth[segment][voxel] * (segment + 1));
      }
    }
    return new LabelMap(grid, labels);
  }

  /** The voxels of a segment, from 1, that have at least a value. */
  Mask mask(int segment, int level) {
    return new Mask(source.geometry(), atLeast(truth[segment - 1], level));
  }

  private Map<Integer, Mask> masks() {
    Map<Integer, Mask> masks = new HashMap<>();
    schema.segments().forEach(each -> masks.put(each.number(), mask(each.number(), 1)));
    return masks;
  }

  private SegmentProbabilities probabilities() {
    return new SegmentProbabilities() {
      @Override
      public GridGeometry geometry() {
        return source.geometry();
      }

      @Override
      public void read(int segmentNumber, int slice, byte[] target) {
        for (int i = 0; i < target.length; i++) {
          target[i] = (byte) truth(segmentNumber, slice * target.length + i);
        }
      }
    };
  }

  private static BitSet atLeast(int[] values, int level) {
    var marked = new BitSet();
    for (int i = 0; i < values.length; i++) {
      marked.set(i, values[i] >= level);
    }
    return marked;
  }

  @Override
  public String toString() {
    return form + ", " + truth.length + " segments on " + source.geometry();
  }
}
