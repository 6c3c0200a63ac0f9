package org.firstpass.volume;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.firstpass.geometry.GridSize;

/**
 * The stored form of an uncertainty map: one byte for each voxel of the source grid.
 *
 * <p>Bytes, in gzip: {@code FPUM} in US-ASCII, then columns, rows, slices (signed 32 bits, little
 * endian), which makes a header of 16 bytes, then one unsigned byte per voxel in the order slice,
 * row, column (column fastest): 0 is sure, 255 is a normalised entropy of 1. Another version would
 * begin with another word. The geometry is that of the series, which is why it is not repeated. The
 * same map always gives the same bytes.
 */
public final class UncertaintyMapCodec {
  public static final String MEDIA_TYPE = "application/vnd.firstpass.uncertainty-map";

  /** The length of the header, before it is packed. */
  public static final int HEADER_BYTES = 16;

  // FPUM, as it is read in little endian.
  private static final int MAGIC = 0x4d555046;
  private static final int BUFFER = 1 << 16;

  private UncertaintyMapCodec() {}

  /**
   * Writes the map.
   *
   * @param values by slice, row, column (column fastest), unsigned; not kept
   * @throws IllegalArgumentException if there is not one value for each voxel of the grid
   */
  public static byte[] encode(byte[] values, GridSize grid) {
    if (values.length != grid.voxels()) {
      throw new IllegalArgumentException(
          "expected "
              + grid.voxels()
              + " values for a grid of "
              + grid
              + ", found "
              + values.length);
    }
    ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    header.putInt(MAGIC).putInt(grid.columns()).putInt(grid.rows()).putInt(grid.slices());
    var bytes = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes, BUFFER)) {
      gzip.write(header.array());
      gzip.write(values);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @param grid of the series that it belongs to
   * @return the values by slice, row, column (column fastest), unsigned
   * @throws IllegalArgumentException if the bytes are not a whole map of this grid
   */
  public static byte[] decode(byte[] bytes, GridSize grid) {
    try (var in = new GZIPInputStream(new ByteArrayInputStream(bytes), BUFFER)) {
      MapHeader.requireGrid(header(in), grid, "an uncertainty map");
      byte[] values = in.readNBytes(grid.voxels());
      if (values.length != grid.voxels() || in.read() >= 0) {
        throw new IllegalArgumentException(
            "expected "
                + grid.voxels()
                + " values in an uncertainty map of "
                + grid
                + ", found "
                + (values.length < grid.voxels() ? Integer.toString(values.length) : "more"));
      }
      return values;
    } catch (IOException e) {
      throw new IllegalArgumentException("an uncertainty map that ends early or is damaged", e);
    }
  }

  private static ByteBuffer header(InputStream in) throws IOException {
    byte[] header = in.readNBytes(HEADER_BYTES);
    ByteBuffer words = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
    if (header.length < HEADER_BYTES || words.getInt() != MAGIC) {
      throw new IllegalArgumentException("not an uncertainty map: it does not begin with FPUM");
    }
    return words;
  }
}
