package org.firstpass.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.Vector3;
import org.firstpass.testing.ForeignSegmentation.Marked;
import org.firstpass.testing.ForeignSegmentation.Place;

/**
 * An RT Structure Set as a planning system would store it: regions with names and no codes, each
 * run of voxels a rectangle along their edges.
 */
public final class ForeignStructureSet {
  private static final String STRUCTURE_SET = "1.2.840.10008.5.1.4.1.1.481.3";

  private final Place place;
  private final GridGeometry grid;
  private final List<RawDicom> regions = new ArrayList<>();
  private final List<RawDicom> contours = new ArrayList<>();
  private final List<RawDicom> observations = new ArrayList<>();

  public ForeignStructureSet(Place place, GridGeometry grid) {
    this.place = place;
    this.grid = grid;
  }

  public ForeignStructureSet with(int number, String name, Marked marked) {
    regions.add(
        new RawDicom()
            .text(0x30060022, "IS", Integer.toString(number))
            .text(0x30060024, "UI", place.frameOfReference())
            .text(0x30060026, "LO", name)
            .text(0x30060036, "CS", "MANUAL"));
    List<RawDicom> rectangles = new ArrayList<>();
    for (int slice = 0; slice < grid.size().slices(); slice++) {
      for (int row = 0; row < grid.size().rows(); row++) {
        addRuns(marked, row, slice, rectangles);
      }
    }
    contours.add(
        new RawDicom()
            .text(0x30060084, "IS", Integer.toString(number))
            .sequence(0x30060040, rectangles));
    observations.add(
        new RawDicom()
            .text(0x30060082, "IS", Integer.toString(number))
            .text(0x30060084, "IS", Integer.toString(number))
            .text(0x300600a4, "CS", "ORGAN")
            .text(0x300600a6, "PN", ""));
    return this;
  }

  private void addRuns(Marked marked, int row, int slice, List<RawDicom> rectangles) {
    int from = 0;
    while (from < grid.size().columns()) {
      int to = from;
      while (to < grid.size().columns() && marked.at(to, row, slice)) {
        to++;
      }
      if (to > from) {
        rectangles.add(rectangle(from - 0.5, to - 0.5, row, slice));
      }
      from = to + 1;
    }
  }

  private RawDicom rectangle(double from, double to, int row, int slice) {
    List<Vector3> corners =
        List.of(
            grid.toPatient(from, row - 0.5, slice),
            grid.toPatient(to, row - 0.5, slice),
            grid.toPatient(to, row + 0.5, slice),
            grid.toPatient(from, row + 0.5, slice));
    return new RawDicom()
        .text(0x30060042, "CS", "CLOSED_PLANAR")
        .text(0x30060046, "IS", "4")
        .decimals(
            0x30060050,
            corners.stream()
                .flatMapToDouble(at -> DoubleStream.of(at.x(), at.y(), at.z()))
                .toArray());
  }

  public byte[] file(String instance) {
    var series = new RawDicom().text(0x0020000e, "UI", place.series());
    var study =
        new RawDicom()
            .text(0x00081150, "UI", "1.2.840.10008.3.1.2.3.1")
            .text(0x00081155, "UI", place.study())
            .sequence(0x30060014, series);
    var frame =
        new RawDicom().text(0x00200052, "UI", place.frameOfReference()).sequence(0x30060012, study);
    return new RawDicom()
        .text(0x00080016, "UI", STRUCTURE_SET)
        .text(0x00080018, "UI", instance)
        .text(0x00080060, "CS", "RTSTRUCT")
        .text(0x00080070, "LO", "Another maker")
        .text(0x00100010, "PN", "Foreign^Test")
        .text(0x00100020, "LO", place.patientId())
        .text(0x0020000d, "UI", place.study())
        .text(0x0020000e, "UI", place.ownSeries())
        .text(0x30060002, "SH", "structures")
        .sequence(0x30060010, frame)
        .sequence(0x30060020, regions)
        .sequence(0x30060039, contours)
        .sequence(0x30060080, observations)
        .file(STRUCTURE_SET, instance, "1.2.840.10008.1.2.1");
  }
}
