package org.firstpass.dicom;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.dcm4che3.io.DicomOutputStream;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.firstpass.geometry.GridSize;

/**
 * Writes values of a byte for each voxel as a Parametric Map with 16-bit unsigned pixels,
 * uncompressed: of whole numbers the standard knows no narrower form.
 *
 * <p>It has a frame for each slice of its source, in slice order and where that slice lies. The
 * same input gives the same bytes.
 *
 * @see "PS3.3 A.75, C.8.32"
 */
public final class ParametricMapWriter {
  private static final int BUFFER = 1 << 16;
  private static final int BYTES_PER_PIXEL = 2;
  private static final long MAX_PIXEL_DATA = Integer.MAX_VALUE - 1;

  private ParametricMapWriter() {}

  /**
   * Writes one file (PS3.10) and leaves the stream open.
   *
   * @param values by slice, row, column (column fastest), unsigned, as {@link
   *     org.firstpass.volume.UncertaintyMapCodec#decode} gives them
   * @throws StudyRefused NO_PATIENT_GEOMETRY if the source has no position in patient space;
   *     TOO_LARGE if the frames take more than 2 GiB
   * @throws IllegalArgumentException if there is not one value for each voxel of the source
   * @throws UncheckedIOException if the stream fails
   */
  public static void write(
      SourceSeries source, byte[] values, ParametricMapContent content, OutputStream out) {
    if (!source.patientGeometry()) {
      throw new StudyRefused(
          ReasonCode.NO_PATIENT_GEOMETRY,
          "a parametric map lies in patient space, which series "
              + source.reference().series()
              + " does not");
    }
    GridSize size = source.geometry().size();
    if (values.length != size.voxels()) {
      throw new IllegalArgumentException(
          "expected %d values for a grid of %s, found %d"
              .formatted(size.voxels(), size, values.length));
    }
    long length = (long) BYTES_PER_PIXEL * size.voxels();
    if (length > MAX_PIXEL_DATA) {
      throw new StudyRefused(
          ReasonCode.TOO_LARGE,
          "expected pixel data of at most " + MAX_PIXEL_DATA + " bytes, found " + length);
    }
    Attributes header = ParametricMapHeader.of(source, content);
    try {
      write(header, values, size, out);
    } catch (IOException e) {
      throw new UncheckedIOException("a parametric map cannot be written", e);
    }
  }

  private static void write(Attributes header, byte[] values, GridSize size, OutputStream target)
      throws IOException {
    var buffered = new BufferedOutputStream(target, BUFFER);
    buffered.write(Part10.headerOf(header));
    // Not closed: that would close the caller's stream.
    @SuppressWarnings("resource")
    var out = new DicomOutputStream(buffered, UID.ExplicitVRLittleEndian);
    out.writeDataset(null, header);
    out.writeHeader(Tag.PixelData, VR.OW, BYTES_PER_PIXEL * values.length);
    byte[] row = new byte[BYTES_PER_PIXEL * size.columns()];
    for (int at = 0; at < values.length; at += size.columns()) {
      for (int column = 0; column < size.columns(); column++) {
        row[BYTES_PER_PIXEL * column] = values[at + column];
      }
      buffered.write(row);
    }
    buffered.flush();
  }
}
