package org.firstpass.volume;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.firstpass.geometry.GridSize;

/**
 * The stored form of what a network thinks of each segment: for each of them one byte per voxel of
 * the box in which it is at all likely.
 *
 * <p>All numbers are signed 32 bits, little endian. First, not packed: {@code FPPM} in US-ASCII,
 * columns, rows and slices of the series, the number of segments, then for each its segment number
 * and the length of its section in bytes, in ascending order of segment numbers. Then the sections
 * in that order, each in a gzip of its own, so that one can be taken out as it is: {@code FPPB},
 * segment number, first column, first row, first slice, columns, rows and slices of the box, then
 * one unsigned byte per voxel of the box, order slice, row, column (column fastest): 0 for less
 * than {@link #LEAST}, 255 for certain. A segment that is likely nowhere has no section. The same
 * map always gives the same bytes.
 */
public final class ProbabilityMapCodec {
  public static final String MEDIA_TYPE = "application/vnd.firstpass.probability-map";

  /** What is less than 2 % is kept as 0: without this the boxes would be as large as the image. */
  public static final int LEAST = 5;

  /** The length of a section's header, before it is packed. */
  public static final int SECTION_HEADER_BYTES = 32;

  // FPPM and FPPB, as they are read in little endian.
  private static final int MAP = 0x4d505046;
  private static final int SECTION = 0x42505046;
  private static final int MOST_SEGMENTS = 0xffff;
  private static final int BUFFER = 1 << 16;

  private ProbabilityMapCodec() {}

  /** One segment that is to be written. */
  public interface Source {
    int segmentNumber();

    VoxelBox box();

    /**
     * Fills in one row of the box.
     *
     * @param row in indices of the series, as the slice
     */
    void read(int row, int slice, byte[] target);
  }

  /**
   * Writes a map.
   *
   * @param segments in ascending order of their numbers
   */
  public static byte[] encode(GridSize grid, List<? extends Source> segments) {
    List<byte[]> sections = segments.parallelStream().map(ProbabilityMapCodec::section).toList();
    ByteBuffer header = words(5 + 2 * segments.size());
    header.putInt(MAP).putInt(grid.columns()).putInt(grid.rows()).putInt(grid.slices());
    header.putInt(segments.size());
    for (int i = 0; i < segments.size(); i++) {
      header.putInt(segments.get(i).segmentNumber()).putInt(sections.get(i).length);
    }
    var bytes = new ByteArrayOutputStream();
    bytes.writeBytes(header.array());
    sections.forEach(bytes::writeBytes);
    return bytes.toByteArray();
  }

  /**
   * The packed section of one segment, as it is stored; empty if the segment is likely nowhere.
   *
   * @param map is read as far as needed and not closed
   * @throws IllegalArgumentException if the bytes are no map of this grid
   */
  public static Optional<byte[]> section(InputStream map, GridSize grid, int segmentNumber) {
    try {
      ByteBuffer header = read(map, 5);
      requireMap(header, grid);
      int count = header.getInt();
      if (count < 0 || count > MOST_SEGMENTS) {
        throw new IllegalArgumentException("a probability map of " + count + " segments");
      }
      ByteBuffer directory = read(map, 2 * count);
      long before = 0;
      for (int i = 0; i < count; i++) {
        int number = directory.getInt();
        int length = directory.getInt();
        if (number == segmentNumber) {
          map.skipNBytes(before);
          return Optional.of(whole(map, length));
        }
        before += length;
      }
      return Optional.empty();
    } catch (IOException e) {
      throw damaged(e);
    }
  }

  /**
   * Reads one section.
   *
   * @throws IllegalArgumentException if it is damaged or does not lie within the grid
   */
  public static SegmentProbability decode(byte[] section, GridSize grid) {
    try (var in = new GZIPInputStream(new ByteArrayInputStream(section), BUFFER)) {
      ByteBuffer header = read(in, SECTION_HEADER_BYTES / Integer.BYTES);
      if (header.getInt() != SECTION) {
        throw new IllegalArgumentException("not probabilities: they do not begin with FPPB");
      }
      int number = header.getInt();
      VoxelBox box = box(header);
      if (box.firstColumn() < 0
          || box.firstRow() < 0
          || box.firstSlice() < 0
          || !grid.contains(box.lastColumn(), box.lastRow(), box.lastSlice())) {
        throw new IllegalArgumentException("probabilities of " + box + " in a grid of " + grid);
      }
      return new SegmentProbability(number, box, whole(in, box.size().voxels()));
    } catch (IOException e) {
      throw damaged(e);
    }
  }

  private static byte[] section(Source source) {
    VoxelBox box = source.box();
    GridSize size = box.size();
    ByteBuffer header = words(SECTION_HEADER_BYTES / Integer.BYTES);
    header.putInt(SECTION).putInt(source.segmentNumber());
    header.putInt(box.firstColumn()).putInt(box.firstRow()).putInt(box.firstSlice());
    header.putInt(size.columns()).putInt(size.rows()).putInt(size.slices());
    var bytes = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes, BUFFER)) {
      gzip.write(header.array());
      writeRows(source, gzip);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void writeRows(Source source, OutputStream out) throws IOException {
    VoxelBox box = source.box();
    var row = new byte[box.size().columns()];
    for (int slice = box.firstSlice(); slice <= box.lastSlice(); slice++) {
      for (int at = box.firstRow(); at <= box.lastRow(); at++) {
        source.read(at, slice, row);
        out.write(row);
      }
    }
  }

  private static void requireMap(ByteBuffer header, GridSize grid) {
    if (header.getInt() != MAP) {
      throw new IllegalArgumentException("not a probability map: it does not begin with FPPM");
    }
    MapHeader.requireGrid(header, grid, "a probability map");
  }

  private static VoxelBox box(ByteBuffer words) {
    int column = words.getInt();
    int row = words.getInt();
    int slice = words.getInt();
    return new VoxelBox(
        column,
        row,
        slice,
        column + words.getInt() - 1,
        row + words.getInt() - 1,
        slice + words.getInt() - 1);
  }

  private static ByteBuffer words(int count) {
    return ByteBuffer.allocate(count * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static ByteBuffer read(InputStream in, int count) throws IOException {
    return ByteBuffer.wrap(whole(in, count * Integer.BYTES)).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static byte[] whole(InputStream in, int length) throws IOException {
    byte[] bytes = length < 0 ? new byte[0] : in.readNBytes(length);
    if (bytes.length != length) {
      throw new IllegalArgumentException("a probability map that ends early");
    }
    return bytes;
  }

  private static IllegalArgumentException damaged(IOException e) {
    return new IllegalArgumentException("a probability map that ends early or is damaged", e);
  }
}
