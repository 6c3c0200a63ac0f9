package org.firstpass.volume;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.firstpass.geometry.Axes;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSize;
import org.firstpass.geometry.GridSpace;
import org.firstpass.geometry.Spacing;
import org.firstpass.geometry.Vector3;
import org.firstpass.study.FrameOfReferenceUid;

/**
 * The stored form of a label map: its geometry and its runs, deflated.
 *
 * <p>Bytes: {@code FPLM}, version 1 (one byte), then deflated: Frame of Reference UID (modified
 * UTF-8), columns, rows, slices (int), position, three axes, spacing (doubles), then runs until the
 * grid is full, each a label (unsigned short) and a length (int). Big endian. The same label map
 * always gives the same bytes.
 *
 * <p>Version 2 is of the grids that do not lie in patient space: after the spacing comes one byte,
 * 1 if it is in mm, 0 if it is in pixels. Who knows version 1 only refuses it, and does not take it
 * for patient space.
 */
public final class LabelMapCodec {
  public static final String MEDIA_TYPE = "application/vnd.firstpass.label-map";

  private static final int MAGIC = 0x46504c4d;
  private static final int BUFFER = 1 << 16;
  private static final int VERSION = 1;
  private static final int VERSION_OF_IMAGES = 2;

  private LabelMapCodec() {}

  public static byte[] encode(LabelMap map) {
    var bytes = new ByteArrayOutputStream();
    try (var header = new DataOutputStream(bytes)) {
      header.writeInt(MAGIC);
      header.writeByte(map.geometry().space().isPatient() ? VERSION : VERSION_OF_IMAGES);
      try (var out = new DataOutputStream(new DeflaterOutputStream(header))) {
        writeGeometry(map.geometry(), out);
        writeRuns(map, out);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws IllegalArgumentException if the bytes are not a whole label map of a known version
   */
  public static LabelMap decode(byte[] bytes) {
    return read(
        bytes,
        (geometry, in) -> {
          var labels = new short[geometry.size().voxels()];
          readRuns(
              in,
              labels.length,
              (start, length, label) -> Arrays.fill(labels, start, start + length, (short) label));
          return new LabelMap(geometry, labels);
        });
  }

  /**
   * Where a label map lies; its runs are not looked at.
   *
   * @throws IllegalArgumentException as {@link #decode}, short of damage in the runs
   */
  public static GridGeometry geometry(byte[] bytes) {
    return read(bytes, (geometry, in) -> geometry);
  }

  /** Takes voxels that follow each other and have one label. */
  @FunctionalInterface
  public interface RunSink {
    /**
     * Takes one run.
     *
     * @param start its first voxel, as an array index
     */
    void accept(int start, int length, int label);
  }

  /**
   * The runs of what {@link #encode} wrote, in ascending order, those without a label included; the
   * volume is never laid out.
   *
   * @throws IllegalArgumentException as {@link #decode}
   */
  public static void forEachRun(byte[] bytes, RunSink sink) {
    read(
        bytes,
        (geometry, in) -> {
          readRuns(in, geometry.size().voxels(), sink);
          return geometry;
        });
  }

  private interface Body<T> {
    T read(GridGeometry geometry, DataInputStream in) throws IOException;
  }

  private static <T> T read(byte[] bytes, Body<T> body) {
    try (var header = new DataInputStream(new ByteArrayInputStream(bytes))) {
      if (header.readInt() != MAGIC) {
        throw new IllegalArgumentException("not a label map: it does not begin with FPLM");
      }
      int version = header.readUnsignedByte();
      if (version != VERSION && version != VERSION_OF_IMAGES) {
        throw new IllegalArgumentException(
            "label map version " + version + " is not known, only " + VERSION + " and 2");
      }
      var inflated = new BufferedInputStream(new InflaterInputStream(header), BUFFER);
      try (var in = new DataInputStream(inflated)) {
        return body.read(readGeometry(in, version), in);
      }
    } catch (IOException e) {
      throw new IllegalArgumentException("a label map that ends early or is damaged", e);
    }
  }

  private static void writeGeometry(GridGeometry geometry, DataOutputStream out)
      throws IOException {
    out.writeUTF(geometry.frameOfReference().value());
    out.writeInt(geometry.size().columns());
    out.writeInt(geometry.size().rows());
    out.writeInt(geometry.size().slices());
    write(geometry.position(), out);
    write(geometry.axes().column(), out);
    write(geometry.axes().row(), out);
    write(geometry.axes().slice(), out);
    Spacing spacing = geometry.spacing();
    write(new Vector3(spacing.column(), spacing.row(), spacing.slice()), out);
    if (!geometry.space().isPatient()) {
      out.writeBoolean(geometry.space().hasMillimetres());
    }
  }

  private static GridGeometry readGeometry(DataInputStream in, int version) throws IOException {
    var frameOfReference = new FrameOfReferenceUid(in.readUTF());
    var size = new GridSize(in.readInt(), in.readInt(), in.readInt());
    Vector3 position = readVector(in);
    var axes = new Axes(readVector(in), readVector(in), readVector(in));
    Vector3 spacing = readVector(in);
    GridSpace space = GridSpace.PATIENT;
    if (version == VERSION_OF_IMAGES) {
      space = in.readBoolean() ? GridSpace.IMAGE_MILLIMETRES : GridSpace.IMAGE_PIXELS;
    }
    return new GridGeometry(
        frameOfReference,
        size,
        position,
        axes,
        new Spacing(spacing.x(), spacing.y(), spacing.z()),
        space);
  }

  private static void writeRuns(LabelMap map, DataOutputStream out) throws IOException {
    int voxels = map.geometry().size().voxels();
    int start = 0;
    while (start < voxels) {
      int label = map.labelAt(start);
      int end = start + 1;
      while (end < voxels && map.labelAt(end) == label) {
        end++;
      }
      out.writeShort(label);
      out.writeInt(end - start);
      start = end;
    }
  }

  private static void readRuns(DataInputStream in, int voxels, RunSink sink) throws IOException {
    int start = 0;
    while (start < voxels) {
      int label = in.readUnsignedShort();
      int length = in.readInt();
      if (length < 1 || length > voxels - start) {
        throw new IllegalArgumentException(
            "a run of " + length + " voxels where " + (voxels - start) + " are left");
      }
      sink.accept(start, length, label);
      start += length;
    }
  }

  private static void write(Vector3 vector, DataOutputStream out) throws IOException {
    out.writeDouble(vector.x());
    out.writeDouble(vector.y());
    out.writeDouble(vector.z());
  }

  private static Vector3 readVector(DataInputStream in) throws IOException {
    return new Vector3(in.readDouble(), in.readDouble(), in.readDouble());
  }
}
