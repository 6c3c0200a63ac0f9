package org.firstpass.volume.contour;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The boundary of the marked pixels of a slice, as polygons along the edges of pixels.
 *
 * <p>No point lies on a row or a column of pixel centres, so that filling a polygon at pixel
 * centres gives its pixels back, whatever is done with centres on an edge and however the points
 * are rounded; and its area is that of its pixels.
 *
 * <p>There is one polygon for each set of pixels that are connected by edges; pixels that touch at
 * a corner only are apart. A polygon with holes is a keyhole: a channel of no width, along the edge
 * between two rows, leads to each hole and back the same way. So the polygons of a slice neither
 * overlap nor contain one another, and to unite them, to add their areas or to fill them all by the
 * even-odd rule is the same.
 */
public final class BoundaryContours {
  /** Of a rectangle, which every polygon of one row is. */
  private static final int FEWEST_POINTS = 4;

  // The edges of a pixel, each in the direction that keeps the pixel on its right.
  private static final int TOP = 0;
  private static final int RIGHT = 1;
  private static final int BOTTOM = 2;
  private static final int LEFT = 3;
  private static final int SIDES = 4;

  private final BitSet marked;
  private final int columns;
  private final int firstRow;
  private final int endRow;
  private final BitSet traced = new BitSet();
  private final Map<Long, Long> channels = new HashMap<>();

  private BoundaryContours(BitSet marked, int columns, int firstRow, int endRow) {
    this.marked = marked;
    this.columns = columns;
    this.firstRow = firstRow;
    this.endRow = endRow;
  }

  /**
   * The polygons of a slice, in the order of their first pixels; none if nothing is marked.
   *
   * @param marked bit {@code row * columns + column} for each marked pixel
   * @param mostPoints of one polygon, at least 4: where one would have more, the slice is cut
   *     between two rows until none has
   */
  public static List<SlicePolygon> of(BitSet marked, int columns, int mostPoints) {
    if (mostPoints < FEWEST_POINTS) {
      throw new IllegalArgumentException(
          "a polygon may have at least " + FEWEST_POINTS + " points, but is to have " + mostPoints);
    }
    List<SlicePolygon> polygons = new ArrayList<>();
    if (!marked.isEmpty()) {
      int firstRow = marked.nextSetBit(0) / columns;
      int endRow = (marked.length() - 1) / columns + 1;
      trace(new BoundaryContours(marked, columns, firstRow, endRow), mostPoints, polygons);
    }
    return polygons;
  }

  private static void trace(BoundaryContours rows, int mostPoints, List<SlicePolygon> polygons) {
    List<SlicePolygon> found = rows.polygons();
    if (found.stream().allMatch(polygon -> polygon.points() <= mostPoints)) {
      polygons.addAll(found);
      return;
    }
    int middle = (rows.firstRow + rows.endRow) >>> 1;
    var upper = new BoundaryContours(rows.marked, rows.columns, rows.firstRow, middle);
    var lower = new BoundaryContours(rows.marked, rows.columns, middle, rows.endRow);
    trace(upper, mostPoints, polygons);
    trace(lower, mostPoints, polygons);
  }

  private List<SlicePolygon> polygons() {
    List<Long> outer = new ArrayList<>();
    int end = endRow * columns;
    int pixel = marked.nextSetBit(firstRow * columns);
    while (pixel >= 0 && pixel < end) {
      boolean top = !isMarked(pixel % columns, pixel / columns - 1);
      if (top && !traced.get(pixel)) {
        long start = edge(pixel % columns, pixel / columns, TOP);
        if (!joinIfHole(start)) {
          outer.add(start);
        }
      }
      pixel = marked.nextSetBit(pixel + 1);
    }
    return outer.stream().map(this::polygon).toList();
  }

  /** Follows a boundary once and, if it is that of a hole, digs the channel to it. */
  private boolean joinIfHole(long start) {
    int column = Integer.MAX_VALUE;
    int row = Integer.MAX_VALUE;
    long edge = start;
    do {
      if (side(edge) == TOP) {
        traced.set(pixel(edge));
      }
      int x = startColumn(edge);
      int y = startRow(edge);
      if (y < row || (y == row && x < column)) {
        row = y;
        column = x;
      }
      edge = following(edge);
    } while (edge != start);
    // Right below the first corner of a hole lies the hole, and of anything else its first pixel.
    boolean hole = !isMarked(column, row);
    if (hole) {
      digChannel(column, row);
    }
    return hole;
  }

  /**
   * Joins the hole whose first corner is this one with the first boundary to the left of it.
   *
   * <p>Up to there all pixels above and below are marked, so the boundary is of the same set of
   * pixels, and its own first corner comes before this one: no two holes are joined in a circle.
   */
  private void digChannel(int cornerColumn, int row) {
    int column = cornerColumn - 1;
    while (isMarked(column - 1, row - 1) && isMarked(column - 1, row)) {
      column--;
    }
    long arriving =
        isMarked(column - 1, row) ? edge(column - 1, row, TOP) : edge(column, row, LEFT);
    channels.put(arriving, edge(cornerColumn - 1, row, RIGHT));
    channels.put(edge(cornerColumn, row - 1, BOTTOM), following(arriving));
  }

  private SlicePolygon polygon(long start) {
    var corners = new Corners();
    long edge = start;
    do {
      corners.add(startColumn(edge), startRow(edge));
      Long channel = channels.get(edge);
      long next = channel == null ? following(edge) : channel;
      if (channel != null) {
        // Both ends of a channel stay points, so that the way back is the way there.
        corners.keep(endColumn(edge), endRow(edge));
        corners.keep(startColumn(next), startRow(next));
      }
      edge = next;
    } while (edge != start);
    return corners.close();
  }

  /** The edge that follows along the boundary, staying at the same pixel where two touch. */
  private long following(long edge) {
    int column = pixelColumn(edge);
    int row = pixelRow(edge);
    int side = side(edge);
    // The pixel ahead along the edge, and the one on its left.
    int ahead = side == TOP ? 1 : side == BOTTOM ? -1 : 0;
    int down = side == RIGHT ? 1 : side == LEFT ? -1 : 0;
    if (!isMarked(column + ahead, row + down)) {
      return edge(column, row, (side + 1) % SIDES);
    }
    int leftColumn = column + ahead + down;
    int leftRow = row + down - ahead;
    return isMarked(leftColumn, leftRow)
        ? edge(leftColumn, leftRow, (side + SIDES - 1) % SIDES)
        : edge(column + ahead, row + down, side);
  }

  private boolean isMarked(int column, int row) {
    return column >= 0
        && column < columns
        && row >= firstRow
        && row < endRow
        && marked.get(row * columns + column);
  }

  private long edge(int column, int row, int side) {
    return ((long) row * columns + column) * SIDES + side;
  }

  private static int side(long edge) {
    return (int) (edge % SIDES);
  }

  private static int pixel(long edge) {
    return (int) (edge / SIDES);
  }

  private int pixelColumn(long edge) {
    return pixel(edge) % columns;
  }

  private int pixelRow(long edge) {
    return pixel(edge) / columns;
  }

  // Corner (column, row) is the one above and to the left of pixel (column, row).
  private int startColumn(long edge) {
    int side = side(edge);
    return pixelColumn(edge) + (side == RIGHT || side == BOTTOM ? 1 : 0);
  }

  private int startRow(long edge) {
    int side = side(edge);
    return pixelRow(edge) + (side == BOTTOM || side == LEFT ? 1 : 0);
  }

  private int endColumn(long edge) {
    int side = side(edge);
    return pixelColumn(edge) + (side == TOP || side == RIGHT ? 1 : 0);
  }

  private int endRow(long edge) {
    int side = side(edge);
    return pixelRow(edge) + (side == RIGHT || side == BOTTOM ? 1 : 0);
  }
}
