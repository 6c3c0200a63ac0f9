package org.firstpass.dicom;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.firstpass.dicom.contour.Contour;
import org.firstpass.dicom.contour.ContourData;
import org.firstpass.dicom.contour.PlacedContours;
import org.firstpass.geometry.Axes;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.Spacing;
import org.firstpass.geometry.Vector3;
import org.firstpass.volume.LabelMap;
import org.firstpass.volume.Mask;
import org.firstpass.volume.contour.BoundaryContours;
import org.firstpass.volume.contour.MaskAgreement;
import org.firstpass.volume.contour.SlicePolygon;

/**
 * The contours of one segment as they are written, slice by slice, and how well they stand for it.
 *
 * <p>A contour lies in the plane of its slice's source, where that says it lies.
 */
final class WrittenContours {
  /** The largest even length of a value in an explicit transfer syntax, where it may end up. */
  private static final int LONGEST_VALUE = 65_534;

  private final SourceSeries source;
  private final LabelRuns runs;
  private final int segment;
  private final List<WrittenContour> contours;

  private WrittenContours(
      SourceSeries source, LabelRuns runs, int segment, List<WrittenContour> contours) {
    this.source = source;
    this.runs = runs;
    this.segment = segment;
    this.contours = contours;
  }

  /** The contours of a segment, by its index in the runs. */
  static WrittenContours of(
      SourceSeries source, LabelRuns runs, int segment, ContourBudget budget) {
    var tracing = new WrittenContours(source, runs, segment, List.of());
    List<WrittenContour> contours =
        IntStream.range(0, source.geometry().size().slices())
            .parallel()
            .filter(slice -> runs.isPresent(segment, slice))
            .mapToObj(slice -> tracing.trace(slice, budget))
            .flatMap(List::stream)
            .toList();
    return new WrittenContours(source, runs, segment, contours);
  }

  /** In slice order. */
  List<WrittenContour> contours() {
    return contours;
  }

  /** How well the contours, as they read, stand for the segment. */
  ContourFidelity.OfRegion fidelity(LabelMap labels, int number) {
    return fidelity(contours, labels, number);
  }

  /** Fills contours as they read and compares; the labels are asked only if a voxel differs. */
  ContourFidelity.OfRegion fidelity(List<WrittenContour> contours, LabelMap labels, int number) {
    List<Contour> read = contours.stream().map(WrittenContour::read).toList();
    PlacedContours placed = PlacedContours.of(read, "segment " + number, source.geometry());
    double error = contours.stream().mapToDouble(WrittenContour::largestErrorMm).max().orElse(0);
    boolean same =
        IntStream.range(0, source.geometry().size().slices())
            .parallel()
            .filter(slice -> runs.isPresent(segment, slice) || placed.isPresent(slice))
            .allMatch(slice -> pixels(slice).equals(placed.slice(slice)));
    long voxels =
        IntStream.range(0, source.geometry().size().slices())
            .filter(slice -> runs.isPresent(segment, slice))
            .mapToLong(slice -> pixels(slice).cardinality())
            .sum();
    if (same) {
      return new ContourFidelity.OfRegion(number, voxels, 0, 1, error);
    }
    MaskAgreement agreement = MaskAgreement.of(Mask.of(labels, number), placed.fill().mask());
    return new ContourFidelity.OfRegion(
        number,
        voxels,
        agreement.voxelsDiffering(),
        agreement.dice(),
        Math.max(error, agreement.largestDistanceMm()));
  }

  private List<WrittenContour> trace(int slice, ContourBudget budget) {
    GridGeometry grid = source.geometry();
    int decimals = ContourData.decimals(grid);
    int mostPoints = LONGEST_VALUE / ContourData.longestPoint(grid);
    List<WrittenContour> traced = new ArrayList<>();
    for (SlicePolygon polygon :
        BoundaryContours.of(pixels(slice), grid.size().columns(), mostPoints)) {
      double[] exact = coordinates(polygon, source.frames().get(slice).requirePosition());
      byte[] data = ContourData.write(exact, decimals);
      budget.take(data);
      traced.add(new WrittenContour(slice, exact, data));
    }
    return traced;
  }

  private BitSet pixels(int slice) {
    byte[] bits = new byte[(source.geometry().size().voxelsPerSlice() + 7) / 8];
    if (runs.isPresent(segment, slice)) {
      runs.pack(segment, slice, bits);
    }
    return BitSet.valueOf(bits);
  }

  private double[] coordinates(SlicePolygon polygon, Vector3 position) {
    Axes axes = source.geometry().axes();
    Spacing spacing = source.geometry().spacing();
    double[] coordinates = new double[3 * polygon.points()];
    for (int i = 0; i < polygon.points(); i++) {
      Vector3 point =
          position
              .plus(axes.column().times(polygon.column(i) * spacing.column()))
              .plus(axes.row().times(polygon.row(i) * spacing.row()));
      coordinates[3 * i] = point.x();
      coordinates[3 * i + 1] = point.y();
      coordinates[3 * i + 2] = point.z();
    }
    return coordinates;
  }
}
