package org.firstpass.server;

import java.util.ArrayList;
import java.util.List;
import org.firstpass.event.ProposalMade;
import org.firstpass.event.SegmentScore;
import org.firstpass.geometry.Axes;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSize;
import org.firstpass.geometry.Spacing;
import org.firstpass.geometry.Vector3;
import org.firstpass.review.ReviewCase;
import org.firstpass.segment.CodedConcept;
import org.firstpass.segment.LabelSchema;
import org.firstpass.segment.Segment;
import org.firstpass.study.FrameOfReferenceUid;
import org.firstpass.volume.LabelMap;

/** A trunk of ellipsoids with six organs, of which the proposal has each a little too large. */
final class MadeUpTrunk {
  private record Organ(String label, String code, String colour, int hu, Vector3 at, Vector3 half) {
    boolean holds(Vector3 point, double margin) {
      double x = (point.x() - at.x()) / (half.x() + margin);
      double y = (point.y() - at.y()) / (half.y() + margin);
      double z = (point.z() - at.z()) / (half.z() + margin);
      return x * x + y * y + z * z <= 1;
    }
  }

  private static final List<Organ> ORGANS =
      List.of(
          organ("Liver", "10200004", "#c4694f", 110, -62, -12, 20, 62, 66, 62),
          organ("Spleen", "78961009", "#9d58b8", 120, 88, 26, 30, 26, 34, 44),
          organ("Left kidney", "64033007", "#e0a82e", 160, 58, 44, -38, 20, 22, 42),
          organ("Right kidney", "64033007", "#3fa66a", 160, -58, 46, -50, 20, 22, 42),
          organ("Stomach", "69695003", "#4f9fe0", 20, 42, -40, 34, 36, 30, 40),
          organ("Vertebrae", "51282000", "#e6ddb3", 320, 0, 66, 0, 19, 17, 400));

  private static final Organ BODY = organ("Body", "", "#000000", 40, 0, 0, 0, 152, 108, 400);
  private static final Organ AORTA = organ("Aorta", "", "#000000", 180, 12, 34, 0, 10, 10, 800);
  private static final double FAT_MM = 14;
  private static final int FAT_HU = -100;
  private static final int AIR_HU = -1000;
  private static final GridSize SIZE = new GridSize(128, 96, 44);
  private static final Spacing SPACING = new Spacing(2.6, 2.6, 5);

  static final LabelSchema SCHEMA = schema();

  private MadeUpTrunk() {}

  /** Stores one, proposes its organs, and gives the task's id. */
  static String propose(ReadingRoom room, int number) {
    return propose(room, number, number);
  }

  /**
   * @param patient those of one number are of the same patient
   */
  static String propose(ReadingRoom room, int number, int patient) {
    room.propose(
        number,
        patient,
        grid(patient),
        MadeUpTrunk::hounsfield,
        MadeUpTrunk::proposed,
        MadeUpTrunk::withOrgans);
    return ReviewCase.taskOf(ReadingRoom.proposalId(number)).toString();
  }

  private static GridGeometry grid(int number) {
    return new GridGeometry(
        new FrameOfReferenceUid("1.2.826.0.1.9." + number),
        SIZE,
        new Vector3(-165, -124, -108),
        new Axes(new Vector3(1, 0, 0), new Vector3(0, 1, 0), new Vector3(0, 0, 1)),
        SPACING);
  }

  private static int hounsfield(Vector3 at) {
    int grain = (int) (noise(at) * 24) - 12;
    for (Organ organ : ORGANS) {
      if (organ.holds(at, 0)) {
        return organ.hu() + grain;
      }
    }
    if (AORTA.holds(at, 0)) {
      return AORTA.hu() + grain;
    }
    if (BODY.holds(at, -FAT_MM)) {
      return BODY.hu() + grain;
    }
    return BODY.holds(at, 0) ? FAT_HU + grain : AIR_HU;
  }

  private static int proposed(Vector3 at) {
    for (int number = 1; number <= ORGANS.size(); number++) {
      if (ORGANS.get(number - 1).holds(at, 2)) {
        return number;
      }
    }
    return 0;
  }

  /** The same at the same place, between 0 and 1. */
  private static double noise(Vector3 at) {
    double wave = Math.sin(at.x() * 12.9898 + at.y() * 78.233 + at.z() * 37.719) * 43758.5453;
    return wave - Math.floor(wave);
  }

  private static ProposalMade withOrgans(ProposalMade plain, LabelMap map) {
    long[] voxels = map.histogram();
    // Each series has a place of its own in the worklist.
    double more = (plain.id().getLeastSignificantBits() * 7 % 10) * 0.02;
    double millilitres = map.geometry().voxelVolumeMm3() / 1000;
    List<SegmentScore> scores = new ArrayList<>();
    for (Segment segment : SCHEMA.segments()) {
      long count = voxels[segment.number()];
      scores.add(
          new SegmentScore(
              segment.number(), count, count * millilitres, 0.04 + 0.03 * segment.number() + more));
    }
    return new ProposalMade(
        plain.id(),
        plain.time(),
        plain.input(),
        plain.modelPackage(),
        SCHEMA,
        plain.segmentation(),
        plain.labels(),
        scores,
        plain.inferenceMillis());
  }

  private static LabelSchema schema() {
    List<Segment> segments = new ArrayList<>();
    for (Organ organ : ORGANS) {
      segments.add(
          new Segment(
              segments.size() + 1,
              organ.label(),
              new CodedConcept("123037004", "SCT", "Anatomical Structure"),
              new CodedConcept(organ.code(), "SCT", organ.label()),
              null,
              organ.colour()));
    }
    return new LabelSchema("trunk", 1, segments);
  }

  private static Organ organ(String label, String code, String colour, int hu, double... place) {
    return new Organ(
        label,
        code,
        colour,
        hu,
        new Vector3(place[0], place[1], place[2]),
        new Vector3(place[3], place[4], place[5]));
  }
}
