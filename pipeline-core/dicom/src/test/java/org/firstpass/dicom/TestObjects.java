package org.firstpass.dicom;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Fragments;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.io.DicomInputStream;
import org.dcm4che3.io.DicomOutputStream;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.study.SopClassUid;
import org.firstpass.study.SopInstanceUid;
import org.firstpass.study.TransferSyntaxUid;
import org.firstpass.volume.LabelMap;

/** One object of each kind that is written here, as files. */
final class TestObjects {
  private TestObjects() {}

  static Map<String, byte[]> all(SourceSeries source) {
    LabelMap labels = TestSegments.blobs(source.geometry(), 3);
    Map<String, byte[]> objects = new LinkedHashMap<>();
    objects.put("segmentation", SegmentationRoundTripTest.write(source, labels));
    objects.put("label map", write(source, labels, SegmentationEncoding.LABELMAP));
    objects.put("label map, run-length", write(source, labels, SegmentationEncoding.LABELMAP_RLE));
    objects.put("probabilities", probabilities(source));
    objects.put("structure set", structureSet(source, labels));
    objects.put("report", TestReports.write(source, TestReports.reviewed(labels)));
    objects.put("report of a proposal", TestReports.write(source, TestReports.proposal(labels)));
    objects.put(
        "key object selection", TestReports.write(source, TestReports.selection(List.of(1, 2))));
    objects.put("map", TestReports.writeMap(source));
    return objects;
  }

  private static byte[] write(SourceSeries source, LabelMap labels, SegmentationEncoding encoding) {
    var out = new ByteArrayOutputStream();
    SegmentationWriter.write(source, labels, TestSegments.content(), encoding, out);
    return out.toByteArray();
  }

  private static byte[] structureSet(SourceSeries source, LabelMap labels) {
    var out = new ByteArrayOutputStream();
    StructureSetWriter.write(source, labels, TestSegments.content(), out);
    return out.toByteArray();
  }

  private static byte[] probabilities(SourceSeries source) {
    var out = new ByteArrayOutputStream();
    FractionalWriter.write(source, new Stripes(source.geometry()), TestSegments.content(), out);
    return out.toByteArray();
  }

  /** Every segment in some slices, more probable from column to column. */
  private record Stripes(GridGeometry geometry) implements SegmentProbabilities {
    @Override
    public void read(int segmentNumber, int slice, byte[] target) {
      for (int i = 0; i < target.length; i++) {
        boolean there = (slice + segmentNumber) % 2 == 0;
        target[i] = (byte) (there ? i % geometry.size().columns() : 0);
      }
    }
  }

  /** Reads an object whole. */
  static Attributes dataset(byte[] file) {
    try (var in = new DicomInputStream(new ByteArrayInputStream(file))) {
      return in.readDataset(-1, -1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes an object that was changed, in a transfer syntax that fits its pixel data. */
  static byte[] file(Attributes dataset) {
    boolean fragments = dataset.getValue(Tag.PixelData) instanceof Fragments;
    return file(dataset, fragments ? UID.RLELossless : UID.ExplicitVRLittleEndian);
  }

  /** Writes an object that was changed; its file names an identity even if it has lost its own. */
  static byte[] file(Attributes dataset, String transferSyntax) {
    String instance = dataset.getString(Tag.SOPInstanceUID, "");
    var out = new ByteArrayOutputStream();
    out.writeBytes(
        Part10.header(
            new SopClassUid(dataset.getString(Tag.SOPClassUID)),
            new SopInstanceUid(DicomUids.hasShape(instance) ? instance : "2.25.1"),
            new TransferSyntaxUid(transferSyntax)));
    try {
      // Not closed: that would write nothing more.
      @SuppressWarnings("resource")
      var stream = new DicomOutputStream(out, UID.ExplicitVRLittleEndian);
      stream.writeDataset(null, dataset);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
