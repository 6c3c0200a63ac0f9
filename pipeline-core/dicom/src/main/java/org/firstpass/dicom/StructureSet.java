package org.firstpass.dicom;

import java.util.List;
import java.util.Set;
import org.firstpass.dicom.contour.PlacedContours;
import org.firstpass.dicom.contour.RegionMask;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.segment.LabelSchema;
import org.firstpass.study.SeriesInstanceUid;
import org.firstpass.study.SopInstanceUid;
import org.firstpass.study.StudyInstanceUid;
import org.firstpass.volume.LabelMap;
import org.firstpass.volume.Mask;

/**
 * An RT Structure Set that was read: its regions and where their contours lie.
 *
 * <p>Immutable; safe to share between threads.
 */
public final class StructureSet {
  private final SopInstanceUid instance;
  private final StudyInstanceUid study;
  private final Set<SeriesInstanceUid> referencedSeries;
  private final List<ContouredRegion> regions;

  StructureSet(
      SopInstanceUid instance,
      StudyInstanceUid study,
      Set<SeriesInstanceUid> referencedSeries,
      List<ContouredRegion> regions) {
    this.instance = instance;
    this.study = study;
    this.referencedSeries = Set.copyOf(referencedSeries);
    this.regions = List.copyOf(regions);
  }

  public SopInstanceUid instance() {
    return instance;
  }

  public StudyInstanceUid study() {
    return study;
  }

  /** The series on whose images it was drawn; empty if it does not say. */
  public Set<SeriesInstanceUid> referencedSeries() {
    return referencedSeries;
  }

  /** Its regions, with its own numbers, in its own order. */
  public List<RegionOfInterest> regions() {
    return regions.stream().map(ContouredRegion::region).toList();
  }

  /**
   * The voxels of one region on a grid, which may overlap those of another region.
   *
   * <p>Contours are placed by position and never by the images that they refer to; {@link
   * PlacedContours} says how. Contours of points and open ones are left out; the notes say so.
   *
   * @param number its ROI Number
   * @throws StudyRefused CONTOURS_OFF_PLANE, OFF_GRID, also for another frame of reference,
   *     TOO_LARGE; UNKNOWN_SEGMENT if there is no such region
   */
  public RegionMask mask(int number, GridGeometry grid) {
    return regions.stream()
        .filter(region -> region.region().number() == number)
        .findFirst()
        .orElseThrow(
            () ->
                new StudyRefused(
                    ReasonCode.UNKNOWN_SEGMENT, "the structure set has no region " + number))
        .mask(grid);
  }

  /**
   * The labels of the regions on a grid.
   *
   * <p>A region becomes the segment of the schema that has the same type and modifier and, where
   * several have, or none, the same label as its name. Regions without closed contours are left
   * out.
   *
   * @throws StudyRefused as {@link #mask}; OVERLAPPING_SEGMENTS; UNKNOWN_SEGMENT if a region with
   *     voxels is not one of the schema
   */
  public LabelMap toLabelMap(GridGeometry grid, LabelSchema schema) {
    short[] labels = new short[grid.size().voxels()];
    for (ContouredRegion contoured : regions) {
      Mask mask = contoured.mask(grid).mask();
      if (!mask.isEmpty()) {
        mark(mask, labelOf(contoured.region(), schema), labels);
      }
    }
    return new LabelMap(grid, labels);
  }

  private static int labelOf(RegionOfInterest region, LabelSchema schema) {
    return SchemaMatch.number(schema, region.type(), region.modifier(), region.name())
        .orElseThrow(
            () ->
                new StudyRefused(
                    ReasonCode.UNKNOWN_SEGMENT,
                    "region "
                        + region.number()
                        + " has voxels, but is none of the label schema's segments"));
  }

  private static void mark(Mask mask, int label, short[] labels) {
    for (int at = mask.nextMarked(0); at >= 0; at = mask.nextMarked(at + 1)) {
      int present = Short.toUnsignedInt(labels[at]);
      if (present != 0 && present != label) {
        throw new StudyRefused(
            ReasonCode.OVERLAPPING_SEGMENTS,
            "regions overlap at voxel %d: labels %d and %d; a label map has one label per voxel"
                .formatted(at, present, label));
      }
      labels[at] = (short) label;
    }
  }
}
