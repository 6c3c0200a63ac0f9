package org.firstpass.dicom;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.firstpass.geometry.GridGeometry;

/** The frames of a segmentation on a grid, each where its position and orientation put it. */
final class PlacedFrames {
  private final GridGeometry grid;
  private final SegmentPixels pixels;
  private final Map<Integer, List<SegmentationFrame>> wholeSlices = new HashMap<>();
  private final List<SegmentationFrame> others = new ArrayList<>();

  PlacedFrames(GridGeometry grid, SegmentPixels pixels, List<SegmentationFrame> frames) {
    this.grid = grid;
    this.pixels = pixels;
    requireOneImage(frames);
    for (SegmentationFrame frame : frames) {
      FramePlacement placement = placement(frame);
      if (placement.isWholeSlice(pixels.columns(), pixels.rows())) {
        wholeSlices.computeIfAbsent(placement.firstSlice(), slice -> new ArrayList<>()).add(frame);
      } else {
        others.add(frame);
      }
    }
  }

  /** Frames that lie on images and not in patient space are comparable on one image alone. */
  private static void requireOneImage(List<SegmentationFrame> frames) {
    long images =
        frames.stream()
            .map(SegmentationFrame::place)
            .filter(FramePlace.OnImage.class::isInstance)
            .map(place -> ((FramePlace.OnImage) place).image())
            .distinct()
            .count();
    if (images > 1) {
      throw new StudyRefused(
          ReasonCode.NO_PATIENT_GEOMETRY,
          "expected frames of one image, found " + images + " without a place in patient space");
    }
  }

  /** Takes voxels of one slice that follow each other in memory order. */
  @FunctionalInterface
  interface VoxelSink {
    /**
     * Takes one run.
     *
     * @param segment the Segment Number
     * @param from the array index of its first voxel
     * @param to that after its last
     */
    void accept(int segment, int from, int to);
  }

  /** Calls the sink with all marked voxels, for different slices at the same time. */
  void forEachRun(VoxelSink sink) {
    // No two slices share a voxel, so they may be filled at the same time.
    forEachRun(wholeSlices.entrySet().parallelStream(), sink);
  }

  /** Calls the sink with all marked voxels, one run after the other. */
  void forEachRunInTurn(VoxelSink sink) {
    forEachRun(wholeSlices.entrySet().stream(), sink);
  }

  private void forEachRun(
      Stream<Map.Entry<Integer, List<SegmentationFrame>>> slices, VoxelSink sink) {
    slices.forEach(
        slice -> {
          int first = slice.getKey() * grid.size().voxelsPerSlice();
          slice.getValue().forEach(frame -> copySlice(frame, first, sink));
        });
    others.forEach(frame -> copy(frame, sink));
  }

  private void copySlice(SegmentationFrame frame, int first, VoxelSink sink) {
    pixels.forEachRun(
        frame.index(),
        (from, to, value) -> sink.accept(segment(frame, value), first + from, first + to));
  }

  private void copy(SegmentationFrame frame, VoxelSink sink) {
    FramePlacement placement = placement(frame);
    int columns = pixels.columns();
    pixels.forEachRun(
        frame.index(),
        (from, to, value) -> {
          for (int pixel = from; pixel < to; pixel++) {
            int at = placement.indexOf(pixel % columns, pixel / columns);
            if (at < 0) {
              throw outside(frame, pixel % columns, pixel / columns);
            }
            sink.accept(segment(frame, value), at, at + 1);
          }
        });
  }

  private int segment(SegmentationFrame frame, int value) {
    return pixels.perSegment() ? frame.segment() : value;
  }

  private FramePlacement placement(SegmentationFrame frame) {
    return FramePlacement.of(grid, frame, pixels.columns(), pixels.rows());
  }

  private StudyRefused outside(SegmentationFrame frame, int column, int row) {
    return new StudyRefused(
        ReasonCode.OFF_GRID,
        "frame %d has a marked pixel (column %d, row %d) outside the grid of %s"
            .formatted(frame.index() + 1, column, row, grid.size()));
  }
}
