package org.firstpass.segment;

import java.util.ArrayList;
import java.util.List;
import org.firstpass.segment.RequestedFinding.AppliesTo;

/**
 * What a reader is asked for beside the segments of the schema, and how the image is hung up.
 *
 * @param name by which routing rules ask for it
 * @param instructions for the reader, empty if there are none
 * @param findings in the order in which they are offered
 * @param hanging how the reader first sees the image
 */
public record Protocol(
    String name,
    int version,
    String instructions,
    List<RequestedFinding> findings,
    Hanging hanging) {
  private static final CodedConcept LESION = new CodedConcept("52988006", "SCT", "Lesion");

  private static final CodedConcept COMMENT = new CodedConcept("121106", "DCM", "Comment");

  /** What may be found where no protocol says more: everything that is drawn, and words. */
  public static final Protocol OPEN =
      new Protocol(
          "open",
          1,
          "",
          List.of(
              ofImage(new CodedConcept("410668003", "SCT", "Length"), FindingKind.LENGTH),
              ofImage(new CodedConcept("42798000", "SCT", "Area"), FindingKind.AREA),
              ofImage(LESION, FindingKind.POINT),
              ofImage(LESION, FindingKind.BOX),
              ofImage(LESION, FindingKind.CONTOUR),
              ofImage(new CodedConcept("47973001", "SCT", "Artifact"), FindingKind.TAG),
              ofImage(COMMENT, FindingKind.COMMENT),
              RequestedFinding.optional(COMMENT, FindingKind.COMMENT, AppliesTo.SEGMENT)));

  public Protocol {
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,63}")) {
      throw new IllegalArgumentException(
          "a protocol's name has 1 to 64 letters, digits, dots, dashes and underscores, but is '"
              + name
              + "'");
    }
    if (version < 1) {
      throw new IllegalArgumentException("protocol '" + name + "' has version " + version);
    }
    findings = List.copyOf(findings);
    List<RequestedFinding> seen = new ArrayList<>();
    for (RequestedFinding finding : findings) {
      if (seen.stream().anyMatch(other -> sameQuestion(other, finding))) {
        throw new IllegalArgumentException(
            "protocol '%s' asks twice for '%s' as %s"
                .formatted(name, finding.concept().meaning(), finding.kind()));
      }
      seen.add(finding);
    }
  }

  /** One whose image hangs as usual. */
  public Protocol(String name, int version, String instructions, List<RequestedFinding> findings) {
    this(name, version, instructions, findings, Hanging.USUAL);
  }

  private static RequestedFinding ofImage(CodedConcept concept, FindingKind kind) {
    return RequestedFinding.optional(concept, kind, AppliesTo.IMAGE);
  }

  private static boolean sameQuestion(RequestedFinding one, RequestedFinding other) {
    return one.kind() == other.kind()
        && one.appliesTo() == other.appliesTo()
        && one.concept().isSameAs(other.concept())
        && (one.segments().isEmpty()
            || other.segments().isEmpty()
            || one.segments().stream().anyMatch(other.segments()::contains));
  }
}
