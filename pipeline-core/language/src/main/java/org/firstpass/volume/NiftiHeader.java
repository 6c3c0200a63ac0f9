package org.firstpass.volume;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.firstpass.geometry.Axes;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSize;
import org.firstpass.geometry.Spacing;
import org.firstpass.geometry.Vector3;
import org.firstpass.study.FrameOfReferenceUid;

/**
 * The 348 bytes at the beginning of a NIfTI-1 file.
 *
 * <p>NIfTI's world is RAS; ours is LPS. The signs of x and y change here and nowhere else. Its
 * index order i, j, k is column, row, slice, and its memory order is ours.
 *
 * @param slope what values are multiplied with, before the intercept is added; 1 and 0 if not used
 * @param dataAt where the voxel values begin
 * @see "https://nifti.nimh.nih.gov/pub/dist/src/niftilib/nifti1.h"
 */
record NiftiHeader(
    GridGeometry geometry,
    NiftiType type,
    double slope,
    double intercept,
    int dataAt,
    ByteOrder order) {

  static final int BYTES = 348;

  /** Where we begin the values: after the header and four bytes that say there is no extension. */
  static final int DATA_AT = 352;

  private static final byte[] MAGIC = {'n', '+', '1', 0};
  private static final int DIM = 40;
  private static final int DATATYPE = 70;
  private static final int BITPIX = 72;
  private static final int PIXDIM = 76;
  private static final int VOX_OFFSET = 108;
  private static final int SCL_SLOPE = 112;
  private static final int SCL_INTER = 116;
  private static final int XYZT_UNITS = 123;
  private static final int DESCRIP = 148;
  private static final int QFORM_CODE = 252;
  private static final int SFORM_CODE = 254;
  private static final int QUATERN = 256;
  private static final int QOFFSET = 268;
  private static final int SROW = 280;
  private static final int MAGIC_AT = 344;
  private static final byte MILLIMETRES = 2;
  private static final short SCANNER_COORDINATES = 1;

  static NiftiHeader of(GridGeometry geometry, NiftiType type) {
    return new NiftiHeader(geometry, type, 1, 0, DATA_AT, ByteOrder.LITTLE_ENDIAN);
  }

  byte[] encode() {
    ByteBuffer out = ByteBuffer.allocate(DATA_AT).order(order);
    out.putInt(0, BYTES);
    GridSize size = geometry.size();
    short[] dim = {
      3, (short) size.columns(), (short) size.rows(), (short) size.slices(), 1, 1, 1, 1
    };
    for (int i = 0; i < dim.length; i++) {
      out.putShort(DIM + Short.BYTES * i, dim[i]);
    }
    out.putShort(DATATYPE, type.code());
    out.putShort(BITPIX, (short) (Byte.SIZE * type.bytes()));
    Spacing spacing = geometry.spacing();
    out.putFloat(PIXDIM + 4, (float) spacing.column());
    out.putFloat(PIXDIM + 8, (float) spacing.row());
    out.putFloat(PIXDIM + 12, (float) spacing.slice());
    out.putFloat(VOX_OFFSET, dataAt);
    out.putFloat(SCL_SLOPE, 1);
    out.put(XYZT_UNITS, MILLIMETRES);
    out.put(DESCRIP, "Firstpass".getBytes(StandardCharsets.US_ASCII));
    out.putShort(QFORM_CODE, SCANNER_COORDINATES);
    out.putShort(SFORM_CODE, SCANNER_COORDINATES);
    encodeRotation(out);
    encodeMatrix(out);
    out.put(MAGIC_AT, MAGIC);
    return out.array();
  }

  private void encodeMatrix(ByteBuffer out) {
    Axes axes = geometry.axes();
    Spacing spacing = geometry.spacing();
    Vector3[] columns = {
      ras(axes.column().times(spacing.column())),
      ras(axes.row().times(spacing.row())),
      ras(axes.slice().times(spacing.slice())),
      ras(geometry.position())
    };
    for (int i = 0; i < columns.length; i++) {
      out.putFloat(SROW + 4 * i, (float) columns[i].x());
      out.putFloat(SROW + 16 + 4 * i, (float) columns[i].y());
      out.putFloat(SROW + 32 + 4 * i, (float) columns[i].z());
    }
  }

  private void encodeRotation(ByteBuffer out) {
    NiftiRotation rotation =
        NiftiRotation.of(
            ras(geometry.axes().column()),
            ras(geometry.axes().row()),
            ras(geometry.axes().slice()));
    out.putFloat(PIXDIM, (float) rotation.handedness());
    out.putFloat(QUATERN, (float) rotation.b());
    out.putFloat(QUATERN + 4, (float) rotation.c());
    out.putFloat(QUATERN + 8, (float) rotation.d());
    Vector3 position = ras(geometry.position());
    out.putFloat(QOFFSET, (float) position.x());
    out.putFloat(QOFFSET + 4, (float) position.y());
    out.putFloat(QOFFSET + 8, (float) position.z());
  }

  /**
   * Reads a header.
   *
   * @param frameOfReference what the grid shall have: NIfTI has none
   * @throws IllegalArgumentException if it is not a NIfTI-1 file with one 3-D image that lies in
   *     space
   */
  static NiftiHeader decode(byte[] bytes, FrameOfReferenceUid frameOfReference) {
    ByteBuffer in = ByteBuffer.wrap(bytes).order(order(bytes));
    byte[] magic = new byte[MAGIC.length];
    in.get(MAGIC_AT, magic);
    if (!Arrays.equals(magic, MAGIC)) {
      throw new IllegalArgumentException("not a single-file NIfTI-1 image: its magic is not n+1");
    }
    GridSize size = size(in);
    short code = in.getShort(DATATYPE);
    NiftiType type =
        NiftiType.ofCode(code)
            .orElseThrow(
                () -> new IllegalArgumentException("NIfTI data type " + code + " is not read"));
    double slope = in.getFloat(SCL_SLOPE);
    boolean scaled = slope != 0 && Double.isFinite(slope);
    double dataAt = in.getFloat(VOX_OFFSET);
    if (!(dataAt >= BYTES && dataAt <= 1 << 30)) {
      throw new IllegalArgumentException("NIfTI values begin at byte " + dataAt);
    }
    return new NiftiHeader(
        geometry(in, size, frameOfReference),
        type,
        scaled ? slope : 1,
        scaled ? in.getFloat(SCL_INTER) : 0,
        (int) dataAt,
        in.order());
  }

  private static ByteOrder order(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
      if (in.order(order).getInt(0) == BYTES) {
        return order;
      }
    }
    throw new IllegalArgumentException("not a NIfTI-1 file: its header is not 348 bytes long");
  }

  private static GridSize size(ByteBuffer in) {
    int dimensions = in.getShort(DIM);
    boolean volume = dimensions >= 2 && dimensions <= 7;
    for (int i = 4; volume && i <= dimensions; i++) {
      volume = in.getShort(DIM + Short.BYTES * i) == 1;
    }
    if (!volume) {
      throw new IllegalArgumentException("expected one 3-D NIfTI image, found more dimensions");
    }
    int slices = dimensions == 2 ? 1 : in.getShort(DIM + 6);
    return new GridSize(in.getShort(DIM + 2), in.getShort(DIM + 4), slices);
  }

  private static GridGeometry geometry(
      ByteBuffer in, GridSize size, FrameOfReferenceUid frameOfReference) {
    Vector3 column;
    Vector3 row;
    Vector3 slice;
    Vector3 position;
    if (in.getShort(SFORM_CODE) > 0) {
      column = matrixColumn(in, 0);
      row = matrixColumn(in, 1);
      slice = matrixColumn(in, 2);
      position = matrixColumn(in, 3);
    } else if (in.getShort(QFORM_CODE) > 0) {
      double handedness = in.getFloat(PIXDIM) < 0 ? -1 : 1;
      var rotation =
          new NiftiRotation(
              in.getFloat(QUATERN), in.getFloat(QUATERN + 4), in.getFloat(QUATERN + 8), handedness);
      column = rotation.column(0).times(in.getFloat(PIXDIM + 4));
      row = rotation.column(1).times(in.getFloat(PIXDIM + 8));
      slice = rotation.column(2).times(in.getFloat(PIXDIM + 12));
      position =
          new Vector3(in.getFloat(QOFFSET), in.getFloat(QOFFSET + 4), in.getFloat(QOFFSET + 8));
    } else {
      throw new IllegalArgumentException("the NIfTI image has neither sform nor qform");
    }
    var axes = new Axes(ras(column).normalized(), ras(row).normalized(), ras(slice).normalized());
    var spacing = new Spacing(column.length(), row.length(), slice.length());
    return new GridGeometry(frameOfReference, size, ras(position), axes, spacing);
  }

  private static Vector3 matrixColumn(ByteBuffer in, int column) {
    int at = SROW + 4 * column;
    return new Vector3(in.getFloat(at), in.getFloat(at + 16), in.getFloat(at + 32));
  }

  /** From LPS to RAS, and back. */
  private static Vector3 ras(Vector3 lps) {
    return new Vector3(-lps.x(), -lps.y(), lps.z());
  }
}
