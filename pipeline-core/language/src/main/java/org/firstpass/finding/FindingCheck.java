package org.firstpass.finding;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSize;
import org.firstpass.geometry.Vector3;
import org.firstpass.geometry.VoxelPosition;
import org.firstpass.segment.LabelSchema;
import org.firstpass.segment.Protocol;
import org.firstpass.segment.RequestedFinding;
import org.firstpass.segment.Segment;

/**
 * Whether findings are what a protocol asks for, and lie in the image.
 *
 * @param geometry of the image
 */
public record FindingCheck(Protocol protocol, LabelSchema schema, GridGeometry geometry) {
  /** An edge of the image belongs to it, whatever rounding says. In voxels. */
  private static final double EDGE = 0.01;

  /** What is wrong, what is missing last; empty if nothing is. */
  public List<FindingProblem> problems(List<Finding> findings) {
    List<FindingProblem> problems = new ArrayList<>();
    for (Finding finding : findings) {
      of(finding).ifPresent(problems::add);
    }
    for (RequestedFinding asked : protocol.findings()) {
      for (int segment : subjects(asked)) {
        counted(asked, segment, findings).ifPresent(problems::add);
      }
    }
    problems.sort(Comparator.comparing(FindingProblem::fault));
    return List.copyOf(problems);
  }

  private Optional<FindingProblem> of(Finding finding) {
    int segment = finding.heading().segment();
    if (segment != 0 && schema.segment(segment).isEmpty()) {
      return problem(
          FindingFault.FINDING_OF_UNKNOWN_SEGMENT,
          named(finding) + " is of segment " + segment + ", which the schema does not have");
    }
    Optional<RequestedFinding> asked = asked(finding);
    if (asked.isEmpty()) {
      return problem(
          FindingFault.FINDING_NOT_ASKED_FOR,
          named(finding) + " is not among the findings of protocol '" + protocol.name() + "'");
    }
    if (finding instanceof Finding.Tag tag && !isChoice(tag, asked.get())) {
      return problem(
          FindingFault.FINDING_NOT_A_CHOICE, named(finding) + " has none of its choices");
    }
    if (!finding.drawn().map(this::isInside).orElse(true)) {
      return problem(
          FindingFault.FINDING_OUTSIDE_IMAGE, named(finding) + " is drawn outside of the image");
    }
    return Optional.empty();
  }

  private Optional<RequestedFinding> asked(Finding finding) {
    Finding.Heading heading = finding.heading();
    return protocol.findings().stream()
        .filter(asked -> asked.fits(heading.concept(), finding.kind(), heading.segment()))
        .findFirst();
  }

  private static boolean isChoice(Finding.Tag tag, RequestedFinding asked) {
    return tag.chosen()
        .map(choice -> asked.choices().stream().anyMatch(choice::isSameAs))
        .orElse(asked.choices().isEmpty());
  }

  private boolean isInside(Outline outline) {
    return outline.points().stream().allMatch(this::isInside);
  }

  private boolean isInside(Vector3 point) {
    VoxelPosition at = geometry.toIndex(point);
    GridSize size = geometry.size();
    return within(at.column(), size.columns())
        && within(at.row(), size.rows())
        && within(at.slice(), size.slices());
  }

  /** From the outer edge of the first voxel to that of the last. */
  private static boolean within(double index, int size) {
    return index >= -0.5 - EDGE && index <= size - 0.5 + EDGE;
  }

  /** What has to be counted: the image, or each segment that it may be of. */
  private List<Integer> subjects(RequestedFinding asked) {
    return switch (asked.appliesTo()) {
      case IMAGE -> List.of(0);
      case SEGMENT ->
          schema.segments().stream()
              .map(Segment::number)
              .filter(number -> asked.segments().isEmpty() || asked.segments().contains(number))
              .toList();
    };
  }

  private Optional<FindingProblem> counted(
      RequestedFinding asked, int segment, List<Finding> findings) {
    long count =
        findings.stream()
            .filter(finding -> finding.heading().segment() == segment)
            .filter(finding -> asked.fits(finding.heading().concept(), finding.kind(), segment))
            .count();
    if (count < asked.min()) {
      return problem(FindingFault.FINDING_MISSING, wanted(asked, segment, asked.min(), count));
    }
    if (count > asked.max()) {
      return problem(FindingFault.FINDING_TOO_MANY, wanted(asked, segment, asked.max(), count));
    }
    return Optional.empty();
  }

  private String wanted(RequestedFinding asked, int segment, int expected, long found) {
    return "'%s' (%s) of %s: protocol '%s' wants at %s %d, but there are %d"
        .formatted(
            asked.concept().meaning(),
            asked.kind().name().toLowerCase(Locale.ROOT),
            subject(segment),
            protocol.name(),
            found < expected ? "least" : "most",
            expected,
            found);
  }

  private String named(Finding finding) {
    return "'%s' (%s) of %s"
        .formatted(
            finding.heading().concept().meaning(),
            finding.kind().name().toLowerCase(Locale.ROOT),
            subject(finding.heading().segment()));
  }

  private String subject(int segment) {
    return segment == 0
        ? "the image"
        : schema.segment(segment).map(Segment::label).orElse("segment " + segment);
  }

  private static Optional<FindingProblem> problem(FindingFault fault, String message) {
    return Optional.of(new FindingProblem(fault, message));
  }
}
