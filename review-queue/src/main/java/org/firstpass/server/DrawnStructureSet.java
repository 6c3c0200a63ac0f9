package org.firstpass.server;

import java.util.List;
import java.util.Set;
import org.firstpass.dicom.RegionOfInterest;
import org.firstpass.dicom.StructureSet;
import org.firstpass.foreign.Drawing;
import org.firstpass.foreign.DrawnSegment;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.study.SeriesInstanceUid;
import org.firstpass.study.SopInstanceUid;
import org.firstpass.study.StudyInstanceUid;
import org.firstpass.volume.Mask;

/** An RT Structure Set as a drawing. Immutable. */
record DrawnStructureSet(StructureSet structures) implements Drawing {
  @Override
  public StudyInstanceUid study() {
    return structures.study();
  }

  @Override
  public Set<SeriesInstanceUid> series() {
    return structures.referencedSeries();
  }

  @Override
  public Set<SopInstanceUid> predecessors() {
    return Set.of();
  }

  @Override
  public List<DrawnSegment> segments() {
    return structures.regions().stream().map(DrawnStructureSet::drawn).toList();
  }

  // Whether a region has contours is known only when it is placed: none is taken for empty.
  private static DrawnSegment drawn(RegionOfInterest region) {
    return new DrawnSegment(
        region.number(),
        false,
        region.name(),
        region.category().orElse(null),
        region.type().orElse(null),
        region.modifier().orElse(null),
        "",
        false);
  }

  @Override
  public Mask mask(int segment, GridGeometry grid) {
    return structures.mask(segment, grid).mask();
  }
}
