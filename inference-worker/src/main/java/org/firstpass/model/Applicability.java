package org.firstpass.model;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.firstpass.geometry.Plane;
import org.jspecify.annotations.Nullable;

/**
 * Which series a package may be given. Regular expressions are searched for, without regard to
 * case.
 *
 * @param modalities Modality (0008,0060), at least one
 * @param bodyPart expression for Body Part Examined (0018,0015); a series that states none is
 *     accepted if {@code bodyPartMayBeMissing}
 * @param seriesDescription expression for Series Description (0008,103E)
 * @param notSeriesDescription expression that Series Description must not have
 * @param minimumSlices the fewest slices that make sense to the network
 * @param maximumSlices the most, null for any number
 * @param sequence expression searched for in Sequence Name, Pulse Sequence Name, Scanning Sequence,
 *     Sequence Variant, Scan Options and Protocol Name
 * @param contrast whether a contrast agent must have been given, or must not; null if either will
 *     do
 * @param planes in which its slices may lie, empty for any
 * @param sliceSpacingMm of its slices, null for any
 * @param admits what it takes beside grey volumes in patient space
 */
public record Applicability(
    List<String> modalities,
    @Nullable String bodyPart,
    @Nullable Boolean bodyPartMayBeMissing,
    @Nullable String seriesDescription,
    @Nullable String notSeriesDescription,
    int minimumSlices,
    @Nullable Integer maximumSlices,
    @Nullable String sequence,
    @Nullable Boolean contrast,
    List<Plane> planes,
    @Nullable Range sliceSpacingMm,
    List<Admission> admits) {
  /** By modality, body part, description and slices alone. */
  public Applicability(
      List<String> modalities,
      @Nullable String bodyPart,
      @Nullable Boolean bodyPartMayBeMissing,
      @Nullable String seriesDescription,
      @Nullable String notSeriesDescription,
      int minimumSlices) {
    this(
        modalities,
        bodyPart,
        bodyPartMayBeMissing,
        seriesDescription,
        notSeriesDescription,
        minimumSlices,
        null,
        null,
        null,
        List.of(),
        null,
        List.of());
  }

  public Applicability {
    if (modalities == null || modalities.isEmpty()) {
      throw new IllegalArgumentException("accepts.modalities must name at least one modality");
    }
    modalities = Requirement.list("accepts.modalities", modalities);
    requireExpression("accepts.bodyPart", bodyPart);
    requireExpression("accepts.seriesDescription", seriesDescription);
    requireExpression("accepts.notSeriesDescription", notSeriesDescription);
    Requirement.that(
        minimumSlices >= 1, "accepts.minimumSlices must be at least 1, but is " + minimumSlices);
    Requirement.that(
        maximumSlices == null || maximumSlices >= minimumSlices,
        "accepts.maximumSlices must not be below accepts.minimumSlices");
    requireExpression("accepts.sequence", sequence);
    planes = Requirement.list("accepts.planes", planes);
    admits = Requirement.list("accepts.admits", admits);
  }

  public boolean admits(Admission admission) {
    return admits.contains(admission);
  }

  public Optional<Pattern> bodyPartPattern() {
    return Optional.ofNullable(bodyPart).map(Applicability::compile);
  }

  public boolean acceptsMissingBodyPart() {
    return bodyPartMayBeMissing == null || bodyPartMayBeMissing;
  }

  public Optional<Pattern> seriesDescriptionPattern() {
    return Optional.ofNullable(seriesDescription).map(Applicability::compile);
  }

  public Optional<Pattern> notSeriesDescriptionPattern() {
    return Optional.ofNullable(notSeriesDescription).map(Applicability::compile);
  }

  public Optional<Pattern> sequencePattern() {
    return Optional.ofNullable(sequence).map(Applicability::compile);
  }

  private static void requireExpression(String field, @Nullable String expression) {
    try {
      if (expression != null) {
        compile(expression);
      }
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          field + " is not a regular expression: " + e.getDescription(), e);
    }
  }

  private static Pattern compile(String expression) {
    return Pattern.compile(expression, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
  }
}
