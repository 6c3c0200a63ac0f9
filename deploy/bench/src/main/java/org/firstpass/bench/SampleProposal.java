package org.firstpass.bench;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.firstpass.event.ObjectReference;
import org.firstpass.event.PackageReference;
import org.firstpass.event.ProposalMade;
import org.firstpass.event.SegmentScore;
import org.firstpass.event.SeriesInput;
import org.firstpass.segment.LabelSchema;
import org.firstpass.study.PatientKey;
import org.firstpass.study.Sha256;

/** A proposal of two segments, whose objects lie nowhere. */
final class SampleProposal {
  private SampleProposal() {}

  static ProposalMade made() {
    var input =
        new SeriesInput(
            SampleCt.reference("sample", 1),
            1,
            digest("series"),
            object("manifest", "application/json"),
            new PatientKey("pk-1"));
    return new ProposalMade(
        new UUID(1, 1),
        Instant.EPOCH,
        input,
        new PackageReference("bench", "1.0.0", digest("package")),
        new LabelSchema(
            "bench",
            1,
            List.of(
                SegmentationBenchmark.segment(1, "Liver", "10200004"),
                SegmentationBenchmark.segment(2, "Spleen", "78961009"))),
        object("segmentation", "application/dicom"),
        object("labels", "application/octet-stream"),
        List.of(new SegmentScore(1, 1000, 12.5, 0.25), new SegmentScore(2, 200, 2.5, 0.1)),
        1234);
  }

  private static ObjectReference object(String content, String mediaType) {
    return new ObjectReference(digest(content), content.length(), mediaType);
  }

  private static Sha256 digest(String content) {
    return Sha256.of(content.getBytes(StandardCharsets.UTF_8));
  }
}
