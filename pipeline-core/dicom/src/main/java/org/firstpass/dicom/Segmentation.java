package org.firstpass.dicom;

import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.segment.LabelSchema;
import org.firstpass.segment.Segment;
import org.firstpass.study.SeriesInstanceUid;
import org.firstpass.study.SopInstanceUid;
import org.firstpass.study.StudyInstanceUid;
import org.firstpass.volume.LabelMap;
import org.firstpass.volume.Mask;

/**
 * A DICOM Segmentation that was read: its segments and where their frames lie.
 *
 * <p>Frames are placed on a grid by position and orientation and never by their order. They may be
 * flipped, transposed, cropped or of another plane, as long as their pixels lie on voxels of the
 * grid to within {@value FramePlacement#TOLERANCE} of a voxel. Immutable; safe to share between
 * threads.
 */
public final class Segmentation {
  private final SopInstanceUid instance;
  private final StudyInstanceUid study;
  private final SegmentsOverlap statedOverlap;
  private final SegmentationReferences references;
  private final List<StatedSegment> segments;
  private final List<SegmentationFrame> frames;
  private final SegmentPixels pixels;

  Segmentation(
      Identity identity,
      SegmentationReferences references,
      List<StatedSegment> segments,
      List<SegmentationFrame> frames,
      SegmentPixels pixels) {
    this.instance = identity.instance();
    this.study = identity.study();
    this.statedOverlap = identity.overlap();
    this.references = references;
    this.segments = List.copyOf(segments);
    this.frames = List.copyOf(frames);
    this.pixels = pixels;
  }

  /** Which object it is and what it says of itself. */
  record Identity(SopInstanceUid instance, StudyInstanceUid study, SegmentsOverlap overlap) {}

  public SopInstanceUid instance() {
    return instance;
  }

  public StudyInstanceUid study() {
    return study;
  }

  /** The series of images that it says it was made from; empty if it does not say. */
  public Set<SeriesInstanceUid> referencedSeries() {
    return references.series();
  }

  /** The images that it refers to, as a whole or frame by frame. */
  public Set<SopInstanceUid> referencedInstances() {
    return references.instances();
  }

  /** The segmentations and structure sets that it says it was derived from. */
  public Set<SopInstanceUid> predecessors() {
    return references.predecessors();
  }

  /** Its segments, with its own numbers. */
  public List<Segment> segments() {
    return segments.stream().map(StatedSegment::segment).toList();
  }

  /** Its segments with all that it says of them. */
  public List<StatedSegment> statedSegments() {
    return segments;
  }

  /** What it says of overlaps, which need not be true. */
  public SegmentsOverlap statedOverlap() {
    return statedOverlap;
  }

  /** How many voxels each segment has, by its number in this object; overlaps count for each. */
  public Map<Integer, Long> voxelsPerSegment() {
    Map<Integer, Long> counts = new LinkedHashMap<>();
    segments.forEach(segment -> counts.put(segment.segment().number(), 0L));
    for (SegmentationFrame frame : frames) {
      pixels.forEachRun(
          frame.index(),
          (from, to, value) ->
              counts.merge(
                  pixels.perSegment() ? frame.segment() : value, (long) to - from, Long::sum));
    }
    return counts;
  }

  /**
   * The labels of the segments on a grid, as segments of a schema.
   *
   * <p>A segment becomes the segment of the schema that has the same property type and modifier
   * and, where several have, or none, the same label.
   *
   * @throws StudyRefused OFF_GRID if a frame lies off the grid; OVERLAPPING_SEGMENTS if two
   *     segments overlap; UNKNOWN_SEGMENT if a segment with voxels is not one of the schema
   */
  public LabelMap toLabelMap(GridGeometry grid, LabelSchema schema) {
    return SegmentationMapping.onto(schema, segments()).map(grid, placed(grid, frames));
  }

  /**
   * The labels of the segments on a grid, with this object's own numbers.
   *
   * @throws StudyRefused OFF_GRID if a frame lies off the grid; OVERLAPPING_SEGMENTS if two
   *     segments overlap; UNKNOWN_SEGMENT if a pixel has a number that is not described
   */
  public LabelMap toLabelMap(GridGeometry grid) {
    return SegmentationMapping.identity(segments()).map(grid, placed(grid, frames));
  }

  /**
   * The voxels of one segment on a grid, whatever other segments have them too.
   *
   * @param segmentNumber its number in this object
   * @throws StudyRefused OFF_GRID if a frame of it lies off the grid; UNKNOWN_SEGMENT if there is
   *     no such segment
   */
  public Mask mask(int segmentNumber, GridGeometry grid) {
    if (segments.stream().noneMatch(each -> each.segment().number() == segmentNumber)) {
      throw new StudyRefused(
          ReasonCode.UNKNOWN_SEGMENT, "the segmentation has no segment " + segmentNumber);
    }
    List<SegmentationFrame> own =
        frames.stream()
            .filter(frame -> !pixels.perSegment() || frame.segment() == segmentNumber)
            .toList();
    var marked = new BitSet();
    placed(grid, own)
        .forEachRunInTurn(
            (segment, from, to) -> {
              if (segment == segmentNumber) {
                marked.set(from, to);
              }
            });
    return new Mask(grid, marked);
  }

  /**
   * Whether a voxel of a grid belongs to two segments, whatever the object says.
   *
   * @throws StudyRefused OFF_GRID if a frame lies off the grid
   */
  public boolean overlaps(GridGeometry grid) {
    if (!pixels.perSegment()) {
      return false;
    }
    try {
      // One pass, and one label per voxel instead of a mask for every segment.
      toLabelMap(grid);
      return false;
    } catch (StudyRefused e) {
      if (e.code() == ReasonCode.OVERLAPPING_SEGMENTS) {
        return true;
      }
      throw e;
    }
  }

  private PlacedFrames placed(GridGeometry grid, List<SegmentationFrame> some) {
    return new PlacedFrames(grid, pixels, some);
  }
}
