package org.firstpass.dicom;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.firstpass.segment.LabelSchema;
import org.firstpass.segment.Verdict;
import org.firstpass.study.SeriesInstanceUid;
import org.firstpass.study.SopInstanceUid;
import org.firstpass.volume.SegmentMeasurement;
import org.jspecify.annotations.Nullable;

/**
 * What is measured of the segments of a segmentation, and what readers said of them.
 *
 * @param schema of the segmentation
 * @param algorithm what made the proposal; its parameters say with which digest
 * @param findings one per segment that is reported, in the order of the report
 * @param beside what readers found beside the segments
 * @param review whether people have looked at it
 */
public record MeasurementReport(
    DerivedIdentity identity,
    ReferencedSegmentation segmentation,
    LabelSchema schema,
    AlgorithmIdentification algorithm,
    List<Finding> findings,
    ReaderFindings beside,
    Review review) {
  public MeasurementReport {
    findings = List.copyOf(findings);
    if (findings.isEmpty()) {
      throw new IllegalArgumentException("a report has at least one finding");
    }
    Set<Integer> numbers = new HashSet<>();
    for (Finding finding : findings) {
      if (schema.segment(finding.segmentNumber()).isEmpty()) {
        throw new IllegalArgumentException(
            "finding of segment " + finding.segmentNumber() + ", which the schema does not have");
      }
      if (!numbers.add(finding.segmentNumber())) {
        throw new IllegalArgumentException(
            "segment " + finding.segmentNumber() + " has two findings");
      }
    }
  }

  /**
   * What is known of one segment.
   *
   * @param segmentNumber its number in the schema
   * @param measurement of the labels that the segmentation has, null if it has no voxel there
   * @param verdicts of readers, in the order in which they were given
   */
  public record Finding(
      int segmentNumber,
      @Nullable SegmentMeasurement measurement,
      Scores scores,
      List<ReaderVerdict> verdicts) {
    public Finding {
      verdicts = List.copyOf(verdicts);
    }

    Optional<SegmentMeasurement> measured() {
      return Optional.ofNullable(measurement);
    }
  }

  /**
   * What the algorithm says of its own segment; each may be unknown.
   *
   * @param uncertainty mean normalised entropy, 0 (sure) to 1
   * @param agreement mean share of passes that chose what was chosen, 0 to 1
   * @param quality probability that no more than a minor correction is needed, 0 to 1
   */
  public record Scores(
      @Nullable Double uncertainty, @Nullable Double agreement, @Nullable Double quality) {
    /** Nothing is known. */
    public static final Scores UNKNOWN = new Scores(null, null, null);
  }

  /**
   * A person as a report names one.
   *
   * @param name {@code Family^Given}, 1 to 64 characters
   * @param login as the review knows the person, 1 to 64 characters
   */
  public record Reader(String name, String login) {
    private static final int LONGEST = 64;

    public Reader {
      require("name", name);
      require("login", login);
    }

    /** The reader with this login, which is also the name. */
    public static Reader of(String login) {
      String plain = login.replaceAll("[\\\\^=]", " ");
      String name = plain.length() <= LONGEST ? plain : plain.substring(0, LONGEST);
      return new Reader(name, name);
    }

    private static void require(String what, String text) {
      if (text.isBlank() || text.length() > LONGEST || text.indexOf('\\') >= 0) {
        throw new IllegalArgumentException(
            "a reader's " + what + " has 1 to " + LONGEST + " characters and no backslash");
      }
    }
  }

  /** What a reader said of a segment. */
  public record ReaderVerdict(Verdict verdict, Reader reader, Instant given) {}

  /**
   * Whether people have looked at it.
   *
   * @param complete whether all that is to be reported is in it: of a proposal that waits for its
   *     reader it is not
   * @param verified by whom and when a person took the responsibility for it, null if nobody did
   * @param predecessors the reports that this one replaces, of the same study
   */
  public record Review(
      boolean complete, @Nullable Verification verified, List<Predecessor> predecessors) {
    /** Of a proposal that nobody has read yet. */
    public static final Review NONE = new Review(false, null, List.of());

    public Review {
      predecessors = List.copyOf(predecessors);
      if (verified != null && !complete) {
        throw new IllegalArgumentException("a report that is not complete is not verified");
      }
    }

    Optional<Verification> verification() {
      return Optional.ofNullable(verified);
    }
  }

  /**
   * Who answers for the report.
   *
   * @param organization 1 to 64 characters
   */
  public record Verification(Reader reader, String organization, Instant at) {
    private static final int LONG_STRING = 64;

    public Verification {
      if (organization.isBlank()
          || organization.length() > LONG_STRING
          || organization.indexOf('\\') >= 0) {
        throw new IllegalArgumentException(
            "an organization has 1 to " + LONG_STRING + " characters and no backslash");
      }
    }
  }

  /** An earlier report of the same study. */
  public record Predecessor(SopInstanceUid instance, SeriesInstanceUid series) {}

  /** Everyone who gave a verdict or verified, each once. */
  List<Reader> readers() {
    var verifier = review.verification().map(Verification::reader).stream();
    var readers =
        findings.stream()
            .flatMap(finding -> finding.verdicts().stream())
            .map(ReaderVerdict::reader);
    return Stream.of(readers, beside.readers(), verifier)
        .flatMap(Function.identity())
        .distinct()
        .toList();
  }
}
