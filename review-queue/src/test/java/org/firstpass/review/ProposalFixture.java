package org.firstpass.review;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.firstpass.event.ObjectReference;
import org.firstpass.event.PackageReference;
import org.firstpass.event.ProposalMade;
import org.firstpass.event.ProposalNotes;
import org.firstpass.event.SegmentScore;
import org.firstpass.event.SeriesInput;
import org.firstpass.segment.CodedConcept;
import org.firstpass.segment.LabelSchema;
import org.firstpass.segment.Segment;
import org.firstpass.study.NameBasedUuid;
import org.firstpass.study.PatientKey;
import org.firstpass.study.SeriesInstanceUid;
import org.firstpass.study.Sha256;
import org.firstpass.study.StudyInstanceUid;
import org.firstpass.study.StudyReference;

/** Proposals by number: the same number gives the same proposal. */
public final class ProposalFixture {
  public static final Instant TIME = Instant.parse("2026-11-02T08:00:00Z");

  public static final LabelSchema SCHEMA =
      new LabelSchema(
          "abdomen",
          1,
          List.of(
              segment(1, "Liver", "10200004"),
              segment(2, "Spleen", "78961009"),
              segment(3, "Kidney", "64033007")));

  private ProposalFixture() {}

  public static ProposalMade proposal(int number) {
    return proposal(number, 1, 0.25);
  }

  public static ProposalMade proposal(int number, int revision, double uncertainty) {
    UUID id = NameBasedUuid.of("fixture", Integer.toString(number), Integer.toString(revision));
    return new ProposalMade(
        id,
        TIME,
        input(number, revision),
        new PackageReference("phantom", "1.0", digest("package")),
        SCHEMA,
        object("seg" + id, "application/dicom"),
        object("labels" + id, "application/vnd.firstpass.label-map"),
        List.of(
            new SegmentScore(1, 1000, 12.5, uncertainty),
            new SegmentScore(2, 200, 2.5, uncertainty / 2),
            new SegmentScore(3, 0, 0, 0)),
        1234);
  }

  /** The same proposal by another version or package, or at another time. */
  public static ProposalMade by(ProposalMade proposal, PackageReference by, Instant time) {
    return new ProposalMade(
        NameBasedUuid.of("fixture", proposal.id().toString(), by.name(), by.version()),
        time,
        proposal.input(),
        by,
        proposal.schema(),
        proposal.segmentation(),
        proposal.labels(),
        proposal.scores(),
        proposal.inferenceMillis(),
        proposal.notes());
  }

  /** The same proposal with other scores and notes. */
  public static ProposalMade with(
      ProposalMade proposal, List<SegmentScore> scores, ProposalNotes notes) {
    return new ProposalMade(
        proposal.id(),
        proposal.time(),
        proposal.input(),
        proposal.modelPackage(),
        proposal.schema(),
        proposal.segmentation(),
        proposal.labels(),
        scores,
        proposal.inferenceMillis(),
        notes);
  }

  public static PackageReference model(String name, String version) {
    return new PackageReference(name, version, digest(name + version));
  }

  public static SeriesInput input(int number, int revision) {
    return new SeriesInput(
        new StudyReference(
            new StudyInstanceUid("1.2.3." + number), new SeriesInstanceUid("1.2.3.4." + number)),
        revision,
        digest("series" + number + "." + revision),
        object("manifest" + number + "." + revision, "application/json"),
        new PatientKey("pk-" + number));
  }

  public static ObjectReference object(String content, String mediaType) {
    return new ObjectReference(digest(content), content.length(), mediaType);
  }

  private static Sha256 digest(String content) {
    return Sha256.of(content.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  private static Segment segment(int number, String label, String code) {
    return new Segment(
        number,
        label,
        new CodedConcept("123037004", "SCT", "Anatomical Structure"),
        new CodedConcept(code, "SCT", label),
        null,
        "#aa5500");
  }
}
