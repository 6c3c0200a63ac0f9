package org.firstpass.dicom;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.segment.LabelSchema;
import org.firstpass.segment.Segment;
import org.firstpass.study.SeriesInstanceUid;
import org.firstpass.study.SopInstanceUid;
import org.firstpass.study.StudyInstanceUid;
import org.firstpass.volume.LabelMap;

/**
 * A DICOM Segmentation that was read: its segments and where their frames lie.
 *
 * <p>Immutable; safe to share between threads.
 */
public final class Segmentation {
  private final SopInstanceUid instance;
  private final StudyInstanceUid study;
  private final Set<SeriesInstanceUid> referencedSeries;
  private final List<Segment> segments;
  private final List<SegmentationFrame> frames;
  private final SegmentPixels pixels;

  Segmentation(
      SopInstanceUid instance,
      StudyInstanceUid study,
      Set<SeriesInstanceUid> referencedSeries,
      List<Segment> segments,
      List<SegmentationFrame> frames,
      SegmentPixels pixels) {
    this.instance = instance;
    this.study = study;
    this.referencedSeries = Set.copyOf(referencedSeries);
    this.segments = List.copyOf(segments);
    this.frames = List.copyOf(frames);
    this.pixels = pixels;
  }

  public SopInstanceUid instance() {
    return instance;
  }

  public StudyInstanceUid study() {
    return study;
  }

  /** The series that it says it was made from; empty if it does not say. */
  public Set<SeriesInstanceUid> referencedSeries() {
    return referencedSeries;
  }

  /** Its segments, with its own numbers. */
  public List<Segment> segments() {
    return segments;
  }

  /** How many voxels each segment has, by its number in this object; overlaps count for each. */
  public Map<Integer, Long> voxelsPerSegment() {
    Map<Integer, Long> counts = new LinkedHashMap<>();
    segments.forEach(segment -> counts.put(segment.number(), 0L));
    for (SegmentationFrame frame : frames) {
      pixels.forEachMarked(
          frame.index(),
          (pixel, value) -> counts.merge(pixels.binary() ? frame.segment() : value, 1L, Long::sum));
    }
    return counts;
  }

  /**
   * The labels of the segments on a grid, frames placed by position and orientation and never by
   * their order.
   *
   * <p>A segment becomes the segment of the schema that has the same property type and modifier
   * and, where several have, or none, the same label. Frames may be flipped, transposed, cropped or
   * of another plane, as long as their pixels lie on voxels of the grid to within {@value
   * FramePlacement#TOLERANCE} of a voxel.
   *
   * @throws org.firstpass.failure.StudyRefused MALFORMED_INSTANCE if a frame lies off the grid, if
   *     two segments overlap, or if a segment with voxels is not one of the schema
   */
  public LabelMap toLabelMap(GridGeometry grid, LabelSchema schema) {
    return new SegmentationMapping(grid, schema, segments, pixels).map(frames);
  }
}
