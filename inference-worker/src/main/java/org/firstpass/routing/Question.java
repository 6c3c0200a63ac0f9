package org.firstpass.routing;

import java.util.Objects;
import java.util.Optional;
import org.firstpass.event.ImageFinding;
import org.firstpass.model.ModelManifest;
import org.firstpass.model.Range;
import org.firstpass.model.Requirement;
import org.firstpass.segment.CodedConcept;
import org.jspecify.annotations.Nullable;

/**
 * What a first model is asked before a series is sent on: the score of a finding, or the volume of
 * a segment.
 *
 * @param model the name of the first package, or {@code name@version}
 * @param finding the code of a finding, null if a segment is asked for
 * @param score the scores of the finding for which the answer is yes
 * @param segment the number of a segment, null if a finding is asked for
 * @param volumeMl the volumes of the segment for which the answer is yes
 */
public record Question(
    String model,
    @Nullable CodedConcept finding,
    @Nullable Range score,
    @Nullable Integer segment,
    @Nullable Range volumeMl) {
  public Question {
    PackageName.of("first.model", model);
    Requirement.that(
        (finding == null) == (score == null) && (segment == null) == (volumeMl == null),
        "first asks for a finding with its score, or for a segment with its volumeMl");
    Requirement.that(
        (finding == null) != (segment == null),
        "first asks for a finding or for a segment, one of the two");
  }

  /** Whether a package can answer; the volume of a segment that it never marks is no answer. */
  boolean fits(ModelManifest asked) {
    return finding == null
        ? asked.labels().segments().stream()
            .anyMatch(each -> Objects.equals(each.segment().number(), segment))
        : asked.findings() != null
            && asked.findings().classes().stream().anyMatch(each -> sameCode(each.code()));
  }

  boolean answer(FirstFindings found) {
    return found(found).map(value -> range().contains(value)).orElse(false);
  }

  /** The question and what was found, in words. */
  String told(FirstFindings found) {
    return subject()
        + " must be "
        + range()
        + ", found "
        + found(found).map(String::valueOf).orElse("nothing");
  }

  /** What is asked for, in words. */
  String subject() {
    return finding != null
        ? "score of " + finding.meaning()
        : "volume of segment " + segment + " in ml";
  }

  private Range range() {
    Range asked = finding != null ? score : volumeMl;
    return asked == null ? new Range(null, null) : asked;
  }

  private Optional<Double> found(FirstFindings found) {
    if (segment != null) {
      return Optional.of(found.volumesMl().getOrDefault(segment, 0.0));
    }
    return found.findings().stream()
        .filter(each -> sameCode(each.code()))
        .map(ImageFinding::score)
        .findFirst();
  }

  private boolean sameCode(CodedConcept other) {
    return finding != null
        && finding.value().equals(other.value())
        && finding.scheme().equals(other.scheme());
  }
}
