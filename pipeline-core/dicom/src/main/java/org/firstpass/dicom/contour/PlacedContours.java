package org.firstpass.dicom.contour;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSize;
import org.firstpass.volume.Mask;

/**
 * The closed contours of one region on the slices of a grid, by position.
 *
 * <p>A contour belongs to the slice nearest to its plane. Where several planes are nearest to the
 * same slice, as when it was drawn on thinner slices, the nearest of them counts. A pixel belongs
 * to a contour if its centre lies inside by the even-odd rule, which reads keyholes. Of plain
 * contours in one plane, one that lies wholly within larger ones turns their inside out, as a hole
 * or an island in one; ones that only overlap are joined. The contours of the kind XOR are combined
 * as it says.
 *
 * <p>Immutable; safe to share between threads.
 *
 * @see "PS3.3 C.8.8.6.3"
 */
public final class PlacedContours {
  /** How far, in slices, a point may lie from the middle plane of its contour. */
  public static final double FLATNESS = 0.25;

  /** Contours whose planes differ by less than this, in slices, lie in the same one. */
  private static final double SAME_PLANE = 0.1;

  /** So that planes midway between two slices all go to the same side of it, however rounded. */
  private static final double ROUNDING = 1e-3;

  private static final long MOST_CROSSINGS_OF_CONTOUR = 1L << 24;
  private static final long MOST_CROSSINGS = 1L << 28;

  private final GridGeometry grid;
  private final NavigableMap<Integer, List<PlacedContour>> bySlice;
  private final List<String> notes;

  private PlacedContours(
      GridGeometry grid, NavigableMap<Integer, List<PlacedContour>> bySlice, List<String> notes) {
    this.grid = grid;
    this.bySlice = bySlice;
    this.notes = notes;
  }

  /**
   * Contours of one region on a grid.
   *
   * @param region how refusals call it
   * @throws StudyRefused CONTOURS_OFF_PLANE if a contour is not flat in the plane of the slices;
   *     OFF_GRID if one lies beyond the first or the last slice, or if all lie beside the image;
   *     TOO_LARGE if they cannot be filled in bounded time
   */
  public static PlacedContours of(List<Contour> contours, String region, GridGeometry grid) {
    NavigableMap<Integer, List<PlacedContour>> bySlice = new TreeMap<>();
    long crossings = 0;
    for (Contour contour : contours) {
      PlacedContour placed = PlacedContour.of(contour, region, grid);
      long ofContour = placed.crossings(grid.size());
      crossings += ofContour;
      if (ofContour > MOST_CROSSINGS_OF_CONTOUR || crossings > MOST_CROSSINGS) {
        throw new StudyRefused(
            ReasonCode.TOO_LARGE,
            "the contours of " + region + " cross too many rows to be filled");
      }
      int slice = sliceOf(placed.plane(), region, grid.size());
      bySlice.computeIfAbsent(slice, any -> new ArrayList<>()).add(placed);
    }
    List<String> notes = new ArrayList<>();
    noteGaps(bySlice, notes);
    requireInside(bySlice, region, grid.size(), notes);
    keepNearestPlanes(bySlice, notes);
    return new PlacedContours(grid, bySlice, List.copyOf(notes));
  }

  /** What a person should know of how the contours were read; empty if all was plain. */
  public List<String> notes() {
    return notes;
  }

  /** Whether a slice has contours. */
  public boolean isPresent(int slice) {
    return bySlice.containsKey(slice);
  }

  /** The pixels of a slice that are inside, as bits {@code row * columns + column}. */
  public BitSet slice(int slice) {
    var pixels = new BitSet(grid.size().voxelsPerSlice());
    fill(slice, pixels, 0);
    return pixels;
  }

  /** All voxels that are inside, and what is to be said of them beside {@link #notes}. */
  public RegionMask fill() {
    GridSize size = grid.size();
    var marked = new BitSet(size.voxels());
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (int slice : bySlice.keySet()) {
      SliceFill filled = fill(slice, marked, slice * size.voxelsPerSlice());
      filled.findings().forEach((finding, count) -> counts.merge(finding, count, Integer::sum));
    }
    List<String> all = new ArrayList<>(notes);
    counts.forEach((finding, count) -> all.add(finding + ": " + count));
    return new RegionMask(new Mask(grid, marked), List.copyOf(all));
  }

  private SliceFill fill(int slice, BitSet marked, int offset) {
    var fill = new SliceFill(grid.size(), marked, offset);
    fill.add(bySlice.getOrDefault(slice, List.of()));
    return fill;
  }

  private static int sliceOf(double plane, String region, GridSize size) {
    if (!(plane >= -0.5 - ROUNDING && plane <= size.slices() - 0.5 + ROUNDING)) {
      throw new StudyRefused(
          ReasonCode.OFF_GRID,
          "expected the contours of %s within half a slice of slices 0 to %d, found one at %.3f"
              .formatted(region, size.slices() - 1, plane));
    }
    int nearest = (int) Math.floor(plane + 0.5 - ROUNDING);
    return Math.max(0, Math.min(size.slices() - 1, nearest));
  }

  /** Contours drawn on thicker slices leave slices between them out; so do separate findings. */
  private static void noteGaps(
      NavigableMap<Integer, List<PlacedContour>> bySlice, List<String> notes) {
    if (!bySlice.isEmpty()) {
      int missing = bySlice.lastKey() - bySlice.firstKey() + 1 - bySlice.size();
      if (missing > 0) {
        notes.add("slices without a contour between the first and the last: " + missing);
      }
    }
  }

  private static void requireInside(
      NavigableMap<Integer, List<PlacedContour>> bySlice,
      String region,
      GridSize size,
      List<String> notes) {
    List<PlacedContour> all = bySlice.values().stream().flatMap(List::stream).toList();
    if (!all.isEmpty() && all.stream().noneMatch(contour -> contour.meets(size))) {
      throw new StudyRefused(
          ReasonCode.OFF_GRID, "all contours of " + region + " lie beside the image");
    }
    long cut = all.stream().filter(contour -> !contour.isWithin(size)).count();
    if (cut > 0) {
      notes.add("contours that reach beyond the image, cut off there: " + cut);
    }
  }

  private static void keepNearestPlanes(
      NavigableMap<Integer, List<PlacedContour>> bySlice, List<String> notes) {
    int dropped = 0;
    for (Map.Entry<Integer, List<PlacedContour>> entry : bySlice.entrySet()) {
      double nearest = Double.POSITIVE_INFINITY;
      for (PlacedContour contour : entry.getValue()) {
        boolean nearer =
            Math.abs(contour.plane() - entry.getKey()) < Math.abs(nearest - entry.getKey());
        nearest = nearer ? contour.plane() : nearest;
      }
      double plane = nearest;
      List<PlacedContour> kept =
          entry.getValue().stream()
              .filter(contour -> Math.abs(contour.plane() - plane) <= SAME_PLANE)
              .toList();
      dropped += entry.getValue().size() - kept.size();
      entry.setValue(kept);
    }
    if (dropped > 0) {
      notes.add("contours between slices, left out for nearer ones: " + dropped);
    }
  }
}
