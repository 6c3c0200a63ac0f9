package org.firstpass.dicom;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.segment.CodedConcept;
import org.firstpass.segment.LabelSchema;
import org.firstpass.segment.Segment;
import org.firstpass.segment.SegmentAlgorithmType;
import org.firstpass.study.SeriesInstanceUid;
import org.firstpass.study.SopInstanceUid;
import org.firstpass.volume.LabelMap;

/** A label schema with gaps in its numbers, and label maps for it. */
final class TestSegments {
  private static final CodedConcept ANATOMY =
      new CodedConcept("123037004", "SCT", "Anatomical Structure");
  private static final CodedConcept KIDNEY = new CodedConcept("64033007", "SCT", "Kidney");

  static final LabelSchema SCHEMA =
      new LabelSchema(
          "abdomen",
          1,
          List.of(
              new Segment(
                  7,
                  "Left kidney",
                  ANATOMY,
                  KIDNEY,
                  new CodedConcept("7771000", "SCT", "Left"),
                  "#00ff00"),
              new Segment(
                  300,
                  "Right kidney",
                  ANATOMY,
                  KIDNEY,
                  new CodedConcept("24028007", "SCT", "Right"),
                  "#0000ff"),
              new Segment(
                  2,
                  "Liver",
                  ANATOMY,
                  new CodedConcept("10200004", "SCT", "Liver"),
                  null,
                  "#dd8844")));

  private TestSegments() {}

  static SegmentationContent content() {
    return content(
        SCHEMA,
        Map.of(
            2, SegmentAlgorithmType.AUTOMATIC,
            7, SegmentAlgorithmType.SEMIAUTOMATIC,
            300, SegmentAlgorithmType.MANUAL));
  }

  /** All of the schema made by an algorithm. */
  static SegmentationContent content(LabelSchema schema) {
    return content(
        schema,
        schema.segments().stream()
            .collect(Collectors.toMap(Segment::number, each -> SegmentAlgorithmType.AUTOMATIC)));
  }

  private static SegmentationContent content(
      LabelSchema schema, Map<Integer, SegmentAlgorithmType> types) {
    return new SegmentationContent(
        schema,
        types,
        new AlgorithmIdentification("abdomen-phantom", "1.0.0", "overlap 0.5"),
        new SegmentationIdentity(
            new SopInstanceUid("2.25.777"),
            new SeriesInstanceUid("2.25.778"),
            Instant.parse("2026-11-23T10:11:12Z"),
            "Reader^Test"));
  }

  /** So many different structures, numbered from 1. */
  static LabelSchema many(int count) {
    return new LabelSchema(
        "many", 1, IntStream.rangeClosed(1, count).mapToObj(TestSegments::segment).toList());
  }

  static Segment segment(int number) {
    return new Segment(
        number,
        "Structure " + number,
        ANATOMY,
        new CodedConcept("S" + number, "99TEST", "Structure " + number),
        null,
        "#dd8844");
  }

  /** Blobs of the schema's labels, different in every direction, some slices empty. */
  static LabelMap blobs(GridGeometry grid, long seed) {
    var random = new Random(seed);
    short[] labels = new short[grid.size().voxels()];
    for (Segment segment : SCHEMA.segments()) {
      int c = random.nextInt(grid.size().columns());
      int r = random.nextInt(grid.size().rows());
      int s = random.nextInt(grid.size().slices());
      for (int i = 0; i < labels.length; i++) {
        int column = i % grid.size().columns();
        int row = i / grid.size().columns() % grid.size().rows();
        int slice = i / grid.size().voxelsPerSlice();
        double distance =
            Math.hypot(
                    (column - c) / (grid.size().columns() * 0.3),
                    (row - r) / (grid.size().rows() * 0.2))
                + Math.abs(slice - s) / (grid.size().slices() * 0.4);
        if (distance < 1) {
          labels[i] = (short) segment.number();
        }
      }
    }
    return new LabelMap(grid, labels);
  }

  /** A label or background at every voxel by chance: more runs than are kept. */
  static LabelMap noise(GridGeometry grid, long seed) {
    var random = new Random(seed);
    short[] labels = new short[grid.size().voxels()];
    int[] numbers = {0, 2, 7, 300};
    for (int i = 0; i < labels.length; i++) {
      labels[i] = (short) numbers[random.nextInt(4)];
    }
    return new LabelMap(grid, labels);
  }
}
