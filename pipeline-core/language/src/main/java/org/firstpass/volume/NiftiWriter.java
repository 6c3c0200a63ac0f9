package org.firstpass.volume;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSize;

/**
 * Writes volumes and label maps as NIfTI-1, little endian, with sform and qform.
 *
 * <p>Coordinates go from our LPS to NIfTI's RAS. The same input always gives the same bytes,
 * gzipped or not, on one Java runtime. A grid that has no place in patient space is refused as an
 * illegal argument: NIfTI would make one up.
 *
 * @see "https://nifti.nimh.nih.gov/pub/dist/src/niftilib/nifti1.h"
 */
public final class NiftiWriter {
  private NiftiWriter() {}

  /**
   * Writes a volume: as int16 if every value is a whole number that fits, else as float32, so that
   * nothing is lost.
   *
   * @throws IllegalArgumentException if an index runs beyond 32767, NIfTI-1's limit
   */
  public static void write(Volume volume, OutputStream out) throws IOException {
    write(volume, fits(volume, NiftiType.INT16) ? NiftiType.INT16 : NiftiType.FLOAT32, out);
  }

  /**
   * Writes a volume as one of UINT8, INT16, UINT16 or FLOAT32.
   *
   * @throws IllegalArgumentException if a value has no place in the type
   */
  public static void write(Volume volume, NiftiType type, OutputStream out) throws IOException {
    if (!fits(volume, type)) {
      throw new IllegalArgumentException("a value of the volume has no place in " + type);
    }
    var slice = new float[volume.geometry().size().voxelsPerSlice()];
    writeSlices(
        volume.geometry(),
        type,
        out,
        (index, target) -> {
          volume.copyTo(index * slice.length, slice, 0, slice.length);
          for (float value : slice) {
            put(value, type, target);
          }
        });
  }

  /** Writes a label map: as uint8 if no label is above 255, else as uint16. */
  public static void write(LabelMap labels, OutputStream out) throws IOException {
    NiftiType type = labels.maxLabel() > 255 ? NiftiType.UINT16 : NiftiType.UINT8;
    int perSlice = labels.geometry().size().voxelsPerSlice();
    writeSlices(
        labels.geometry(),
        type,
        out,
        (index, target) -> {
          for (int i = index * perSlice; i < (index + 1) * perSlice; i++) {
            put(labels.labelAt(i), type, target);
          }
        });
  }

  /** Writes a file, gzipped if its name ends in {@code .gz}. */
  public static void write(Volume volume, Path file) throws IOException {
    try (OutputStream out = open(file)) {
      write(volume, out);
    }
  }

  /** Writes a file, gzipped if its name ends in {@code .gz}. */
  public static void write(LabelMap labels, Path file) throws IOException {
    try (OutputStream out = open(file)) {
      write(labels, out);
    }
  }

  private static OutputStream open(Path file) throws IOException {
    OutputStream out = new BufferedOutputStream(Files.newOutputStream(file));
    return file.getFileName().toString().endsWith(".gz") ? new ParallelGzipStream(out) : out;
  }

  private interface SliceValues {
    void put(int slice, ByteBuffer target);
  }

  private static void writeSlices(
      GridGeometry geometry, NiftiType type, OutputStream out, SliceValues values)
      throws IOException {
    geometry.requirePatientSpace("a NIfTI image");
    GridSize size = geometry.size();
    if (Math.max(size.columns(), Math.max(size.rows(), size.slices())) > Short.MAX_VALUE) {
      throw new IllegalArgumentException("NIfTI-1 holds no grid of " + size);
    }
    out.write(NiftiHeader.of(geometry, type).encode());
    ByteBuffer buffer =
        ByteBuffer.allocate(Math.multiplyExact(size.voxelsPerSlice(), type.bytes()))
            .order(ByteOrder.LITTLE_ENDIAN);
    for (int slice = 0; slice < size.slices(); slice++) {
      values.put(slice, buffer.clear());
      out.write(buffer.array());
    }
  }

  private static void put(float value, NiftiType type, ByteBuffer target) {
    switch (type) {
      case UINT8 -> target.put((byte) (int) value);
      case INT16 -> target.putShort((short) value);
      case UINT16 -> target.putShort((short) (int) value);
      case FLOAT32 -> target.putFloat(value);
      case INT8, INT32, UINT32, FLOAT64 ->
          throw new IllegalArgumentException(type + " is read but not written");
    }
  }

  private static boolean fits(Volume volume, NiftiType type) {
    var slice = new float[volume.geometry().size().voxelsPerSlice()];
    for (int at = 0; at < volume.geometry().size().voxels(); at += slice.length) {
      volume.copyTo(at, slice, 0, slice.length);
      for (float value : slice) {
        if (!type.holds(value)) {
          return false;
        }
      }
    }
    return true;
  }
}
