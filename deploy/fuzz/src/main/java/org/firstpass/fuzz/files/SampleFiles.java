package org.firstpass.fuzz.files;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.firstpass.dicom.AlgorithmIdentification;
import org.firstpass.dicom.CtSeriesDescription;
import org.firstpass.dicom.CtSeriesWriter;
import org.firstpass.dicom.DerivedIdentity;
import org.firstpass.dicom.FractionalWriter;
import org.firstpass.dicom.InstanceSource;
import org.firstpass.dicom.ParametricMapContent;
import org.firstpass.dicom.ParametricMapWriter;
import org.firstpass.dicom.SegmentProbabilities;
import org.firstpass.dicom.SegmentationContent;
import org.firstpass.dicom.SegmentationEncoding;
import org.firstpass.dicom.SegmentationIdentity;
import org.firstpass.dicom.SegmentationWriter;
import org.firstpass.dicom.SeriesSurvey;
import org.firstpass.dicom.SourceSeries;
import org.firstpass.dicom.StructureSetWriter;
import org.firstpass.geometry.Axes;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSize;
import org.firstpass.geometry.Spacing;
import org.firstpass.geometry.Vector3;
import org.firstpass.segment.CodedConcept;
import org.firstpass.segment.LabelSchema;
import org.firstpass.segment.Segment;
import org.firstpass.segment.SegmentAlgorithmType;
import org.firstpass.study.FrameOfReferenceUid;
import org.firstpass.study.SeriesInstanceUid;
import org.firstpass.study.SopInstanceUid;
import org.firstpass.study.StudyInstanceUid;
import org.firstpass.study.StudyReference;
import org.firstpass.volume.LabelMap;
import org.firstpass.volume.Volume;

/** A small series and one object of each kind that our writers make of it. */
final class SampleFiles {
  static final GridGeometry GRID =
      new GridGeometry(
          new FrameOfReferenceUid("2.25.13"),
          new GridSize(5, 4, 3),
          new Vector3(-10, 20, 30.5),
          Axes.ofPlane(new Vector3(1, 0, 0), new Vector3(0, 1, 0)),
          new Spacing(0.7, 0.9, 2.5));

  private static final CodedConcept ANATOMY =
      new CodedConcept("123037004", "SCT", "Anatomical Structure");

  static final LabelSchema SCHEMA =
      new LabelSchema(
          "abdomen",
          1,
          List.of(
              new Segment(
                  2,
                  "Liver",
                  ANATOMY,
                  new CodedConcept("10200004", "SCT", "Liver"),
                  null,
                  "#dd8844"),
              new Segment(
                  300,
                  "Spleen",
                  ANATOMY,
                  new CodedConcept("78961009", "SCT", "Spleen"),
                  null,
                  "#9a5bb5")));

  private static final SegmentationContent CONTENT =
      new SegmentationContent(
          SCHEMA,
          Map.of(2, SegmentAlgorithmType.AUTOMATIC, 300, SegmentAlgorithmType.MANUAL),
          new AlgorithmIdentification("abdomen-phantom", "1.0.0", "overlap 0.5"),
          new SegmentationIdentity(
              new SopInstanceUid("2.25.777"),
              new SeriesInstanceUid("2.25.778"),
              Instant.parse("2026-11-23T10:11:12Z"),
              "Reader^Test"));

  private SampleFiles() {}

  /** Three slices. */
  static List<byte[]> ct() {
    float[] values = new float[GRID.size().voxels()];
    for (int i = 0; i < values.length; i++) {
      values[i] = 37 * i % 4000 - 1000;
    }
    return CtSeriesWriter.write(
        new CtSeriesDescription(
            new StudyReference(new StudyInstanceUid("2.25.11"), new SeriesInstanceUid("2.25.12")),
            "ID-4711",
            "Phantom^Small",
            "ABDOMEN",
            "Synthetic",
            Instant.parse("2026-03-04T05:06:07Z")),
        Volume.ofValues(GRID, values));
  }

  /** In every encoding. */
  static List<byte[]> segmentations() {
    List<byte[]> files = new ArrayList<>();
    for (SegmentationEncoding encoding : SegmentationEncoding.values()) {
      files.add(
          written(out -> SegmentationWriter.write(source(), labels(), CONTENT, encoding, out)));
    }
    files.add(written(out -> FractionalWriter.write(source(), new Stripes(), CONTENT, out)));
    return files;
  }

  static byte[] structureSet() {
    return written(out -> StructureSetWriter.write(source(), labels(), CONTENT, out));
  }

  static byte[] parametricMap() {
    var identity =
        new DerivedIdentity(
            new SopInstanceUid("2.25.820"),
            new SeriesInstanceUid("2.25.821"),
            Instant.parse("2026-11-23T10:11:13Z"));
    byte[] values = new byte[GRID.size().voxels()];
    return written(
        out ->
            ParametricMapWriter.write(
                source(), values, ParametricMapContent.uncertainty(identity), out));
  }

  static InstanceSource source(byte[] file) {
    return () -> new ByteArrayInputStream(file);
  }

  private static SourceSeries source() {
    return SeriesSurvey.of(ct().stream().map(SampleFiles::source).toList()).source();
  }

  private static LabelMap labels() {
    short[] labels = new short[GRID.size().voxels()];
    for (int i = 0; i < labels.length; i++) {
      int column = i % GRID.size().columns();
      labels[i] = (short) (column < 2 ? 2 : column > 3 ? 300 : 0);
    }
    return new LabelMap(GRID, labels);
  }

  private interface Writing {
    void to(ByteArrayOutputStream out);
  }

  private static byte[] written(Writing writing) {
    var out = new ByteArrayOutputStream();
    writing.to(out);
    return out.toByteArray();
  }

  /** Every segment in some slices, more probable from column to column. */
  private record Stripes() implements SegmentProbabilities {
    @Override
    public GridGeometry geometry() {
      return GRID;
    }

    @Override
    public void read(int segmentNumber, int slice, byte[] target) {
      for (int i = 0; i < target.length; i++) {
        target[i] = (byte) (i % GRID.size().columns() * 60);
      }
    }
  }
}
