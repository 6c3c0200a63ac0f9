package org.firstpass.volume;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.firstpass.geometry.GridSize;
import org.firstpass.study.FrameOfReferenceUid;

/**
 * Reads volumes and label maps from NIfTI-1 files, gzipped or not, of either byte order.
 *
 * <p>Coordinates go from NIfTI's RAS to our LPS; sform comes before qform. The grid keeps the
 * file's own axes, which may be left-handed. NIfTI has no Frame of Reference, so the caller gives
 * it.
 *
 * @see "https://nifti.nimh.nih.gov/pub/dist/src/niftilib/nifti1.h"
 */
public final class NiftiReader {
  private static final int GZIP_MAGIC = 0x8b1f;

  private NiftiReader() {}

  /**
   * Reads a volume, its values scaled as the header says.
   *
   * @throws IllegalArgumentException if it is not a NIfTI-1 file with one 3-D image on an
   *     orthogonal grid
   * @throws EOFException if it ends early
   */
  public static Volume readVolume(InputStream in, FrameOfReferenceUid frameOfReference)
      throws IOException {
    InputStream plain = plain(in);
    NiftiHeader header = header(plain, frameOfReference);
    GridSize size = header.geometry().size();
    boolean unsigned = header.type() == NiftiType.UINT8 || header.type() == NiftiType.UINT16;
    if (unsigned || header.type() == NiftiType.INT16 || header.type() == NiftiType.INT8) {
      var stored = new short[size.voxels()];
      readValues(plain, header, (i, value) -> stored[i] = (short) (int) value);
      return Volume.ofStored(
          header.geometry(),
          stored,
          new Volume.StoredAs(!unsigned, header.slope(), header.intercept()));
    }
    var values = new float[size.voxels()];
    readValues(
        plain,
        header,
        (i, value) -> values[i] = (float) (value * header.slope() + header.intercept()));
    return Volume.ofValues(header.geometry(), values);
  }

  /**
   * Reads a label map: every value a whole number from 0 to 65535, of whatever type.
   *
   * @throws IllegalArgumentException if a value is not a label, or as {@link #readVolume}
   */
  public static LabelMap readLabelMap(InputStream in, FrameOfReferenceUid frameOfReference)
      throws IOException {
    InputStream plain = plain(in);
    NiftiHeader header = header(plain, frameOfReference);
    var labels = new short[header.geometry().size().voxels()];
    readValues(
        plain,
        header,
        (i, value) -> {
          float label = (float) (value * header.slope() + header.intercept());
          if (!NiftiType.UINT16.holds(label)) {
            throw new IllegalArgumentException(
                "a label is a whole number from 0 to 65535, but voxel " + i + " has " + label);
          }
          labels[i] = (short) (int) label;
        });
    return new LabelMap(header.geometry(), labels);
  }

  /** Reads a volume from a file. */
  public static Volume readVolume(Path file, FrameOfReferenceUid frameOfReference)
      throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return readVolume(in, frameOfReference);
    }
  }

  /** Reads a label map from a file. */
  public static LabelMap readLabelMap(Path file, FrameOfReferenceUid frameOfReference)
      throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return readLabelMap(in, frameOfReference);
    }
  }

  private static InputStream plain(InputStream in) throws IOException {
    var buffered = new BufferedInputStream(in);
    buffered.mark(2);
    int magic = buffered.read() | buffered.read() << Byte.SIZE;
    buffered.reset();
    return magic == GZIP_MAGIC ? new GZIPInputStream(buffered, 1 << 16) : buffered;
  }

  private static NiftiHeader header(InputStream in, FrameOfReferenceUid frameOfReference)
      throws IOException {
    byte[] bytes = in.readNBytes(NiftiHeader.BYTES);
    if (bytes.length < NiftiHeader.BYTES) {
      throw new IllegalArgumentException("not a NIfTI-1 file: it ends within its header");
    }
    NiftiHeader header = NiftiHeader.decode(bytes, frameOfReference);
    in.skipNBytes(header.dataAt() - NiftiHeader.BYTES);
    return header;
  }

  private interface ValueSink {
    void accept(int index, double value);
  }

  private static void readValues(InputStream in, NiftiHeader header, ValueSink sink)
      throws IOException {
    GridSize size = header.geometry().size();
    int perSlice = size.voxelsPerSlice();
    int sliceBytes = Math.multiplyExact(perSlice, header.type().bytes());
    for (int slice = 0; slice < size.slices(); slice++) {
      byte[] bytes = in.readNBytes(sliceBytes);
      if (bytes.length < sliceBytes) {
        throw new EOFException("the NIfTI file ends within slice " + slice);
      }
      ByteBuffer buffer = ByteBuffer.wrap(bytes).order(header.order());
      for (int i = 0; i < perSlice; i++) {
        sink.accept(slice * perSlice + i, value(buffer, header.type()));
      }
    }
  }

  private static double value(ByteBuffer in, NiftiType type) {
    return switch (type) {
      case UINT8 -> in.get() & 0xff;
      case INT8 -> in.get();
      case INT16 -> in.getShort();
      case UINT16 -> in.getShort() & 0xffff;
      case INT32 -> in.getInt();
      case UINT32 -> Integer.toUnsignedLong(in.getInt());
      case FLOAT32 -> in.getFloat();
      case FLOAT64 -> in.getDouble();
    };
  }
}
