package org.firstpass.dicom;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.segment.LabelSchema;
import org.firstpass.segment.Segment;
import org.firstpass.volume.LabelMap;

/** Puts the frames of a segmentation onto a grid, as labels of a schema. */
final class SegmentationMapping {
  private static final int UNMATCHED = -1;

  private final GridGeometry grid;
  private final SegmentPixels pixels;
  private final int[] labelOfNumber = new int[1 << Short.SIZE];
  private final short[] labels;

  SegmentationMapping(
      GridGeometry grid, LabelSchema schema, List<Segment> segments, SegmentPixels pixels) {
    this.grid = grid;
    this.pixels = pixels;
    this.labels = new short[grid.size().voxels()];
    Arrays.fill(labelOfNumber, UNMATCHED);
    for (Segment segment : segments) {
      labelOfNumber[segment.number()] = labelOf(segment, schema);
    }
  }

  LabelMap map(List<SegmentationFrame> frames) {
    Map<Integer, List<Runnable>> bySlice = new HashMap<>();
    List<Runnable> others = new ArrayList<>();
    for (SegmentationFrame frame : frames) {
      FramePlacement placement = FramePlacement.of(grid, frame, pixels.columns(), pixels.rows());
      if (placement.isWholeSlice(pixels.columns(), pixels.rows())) {
        bySlice
            .computeIfAbsent(placement.firstSlice(), slice -> new ArrayList<>())
            .add(() -> copySlice(frame, placement.firstSlice()));
      } else {
        others.add(() -> copy(frame, placement));
      }
    }
    // No two slices share a voxel, so they may be filled at the same time.
    bySlice.values().parallelStream().forEach(slice -> slice.forEach(Runnable::run));
    others.forEach(Runnable::run);
    return new LabelMap(grid, labels);
  }

  private void copySlice(SegmentationFrame frame, int slice) {
    int from = slice * grid.size().voxelsPerSlice();
    int label = labelOfNumber[frame.segment()];
    pixels.forEachMarked(
        frame.index(),
        (pixel, value) -> mark(from + pixel, pixels.binary() ? label : labelOfNumber[value]));
  }

  private void copy(SegmentationFrame frame, FramePlacement placement) {
    int columns = pixels.columns();
    pixels.forEachMarked(
        frame.index(),
        (pixel, value) -> {
          int at = placement.indexOf(pixel % columns, pixel / columns);
          if (at < 0) {
            throw new StudyRefused(
                ReasonCode.MALFORMED_INSTANCE,
                "frame %d has a marked pixel (column %d, row %d) outside the grid of %s"
                    .formatted(frame.index() + 1, pixel % columns, pixel / columns, grid.size()));
          }
          mark(at, labelOfNumber[pixels.binary() ? frame.segment() : value]);
        });
  }

  private void mark(int at, int label) {
    if (label == UNMATCHED) {
      throw new StudyRefused(
          ReasonCode.MALFORMED_INSTANCE,
          "a segment has voxels, but is none of the label schema's segments");
    }
    int present = Short.toUnsignedInt(labels[at]);
    if (present != 0 && present != label) {
      throw new StudyRefused(
          ReasonCode.MALFORMED_INSTANCE,
          "segments overlap at voxel %d: labels %d and %d; a label map has one label per voxel"
              .formatted(at, present, label));
    }
    labels[at] = (short) label;
  }

  private static int labelOf(Segment segment, LabelSchema schema) {
    return SchemaMatch.number(
            schema, Optional.of(segment.type()), segment.modifier(), segment.label())
        .orElse(UNMATCHED);
  }
}
