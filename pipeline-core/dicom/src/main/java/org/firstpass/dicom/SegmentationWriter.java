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
import org.firstpass.geometry.GridGeometry;
import org.firstpass.study.SopClassUid;
import org.firstpass.study.TransferSyntaxUid;
import org.firstpass.volume.LabelMap;

/**
 * Writes a label map as a DICOM Segmentation of type BINARY, uncompressed, Explicit VR Little
 * Endian.
 *
 * <p>It lies on the grid of its source, frame by frame where a slice of the source lies, and has a
 * frame for every segment and slice with voxels; if there are none at all, one empty frame of the
 * first segment, so that "nothing found" is an object. Segment Numbers count from 1 in the order of
 * the schema's numbers. The same input gives the same bytes.
 *
 * @see "PS3.3 A.51, C.8.20; PS3.5 8.1.1"
 */
public final class SegmentationWriter {
  private static final int BUFFER = 1 << 16;
  private static final long MAX_PIXEL_DATA = Integer.MAX_VALUE - 1;

  private SegmentationWriter() {}

  /**
   * Writes one file (PS3.10) and leaves the stream open.
   *
   * @throws StudyRefused NO_PATIENT_GEOMETRY if the source has no position in patient space;
   *     TOO_LARGE if the frames take more than 2 GiB
   * @throws IllegalArgumentException if the label map is on another grid than the source
   * @throws org.firstpass.failure.Defect UNEXPECTED if it has a label that is not of the schema
   * @throws UncheckedIOException if the stream fails
   */
  public static void write(
      SourceSeries source, LabelMap labels, SegmentationContent content, OutputStream out) {
    if (!source.patientGeometry()) {
      throw new StudyRefused(
          ReasonCode.NO_PATIENT_GEOMETRY,
          "a segmentation lies in patient space, which series "
              + source.reference().series()
              + " does not");
    }
    GridGeometry.requireSameGrid(source.geometry(), labels.geometry());
    var frames = new SegmentFrames(labels, content.schema());
    if (frames.packedLength() > MAX_PIXEL_DATA) {
      throw new StudyRefused(
          ReasonCode.TOO_LARGE,
          "expected pixel data of at most "
              + MAX_PIXEL_DATA
              + " bytes, found "
              + frames.packedLength());
    }
    Attributes header = SegmentationHeader.of(source, frames, content);
    try {
      write(header, frames, content, out);
    } catch (IOException e) {
      throw new UncheckedIOException("a segmentation cannot be written", e);
    }
  }

  private static void write(
      Attributes header, SegmentFrames frames, SegmentationContent content, OutputStream target)
      throws IOException {
    var buffered = new BufferedOutputStream(target, BUFFER);
    buffered.write(
        Part10.header(
            new SopClassUid(SopClasses.SEGMENTATION),
            content.identity().instance(),
            new TransferSyntaxUid(UID.ExplicitVRLittleEndian)));
    // Not closed: that would close the caller's stream.
    @SuppressWarnings("resource")
    var out = new DicomOutputStream(buffered, UID.ExplicitVRLittleEndian);
    out.writeDataset(null, header);
    int length = (int) frames.packedLength();
    int padding = length & 1;
    out.writeHeader(Tag.PixelData, VR.OB, length + padding);
    frames.writeTo(buffered);
    for (int i = 0; i < padding; i++) {
      buffered.write(0);
    }
    buffered.flush();
  }
}
