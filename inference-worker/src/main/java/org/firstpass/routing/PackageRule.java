package org.firstpass.routing;

import java.util.Optional;
import java.util.regex.Pattern;
import org.firstpass.dicom.SeriesDescription;
import org.firstpass.model.Applicability;
import org.firstpass.model.ModelPackage;

/** What one package accepts. */
record PackageRule(Applicability accepts) {

  static PackageRule of(ModelPackage model) {
    return new PackageRule(model.manifest().accepts());
  }

  /**
   * Whether a series is accepted.
   *
   * @param tooFewSlices it would have been, with more slices
   * @param finding the first thing that spoke against it, or what spoke for it
   */
  record Verdict(boolean accepted, boolean tooFewSlices, String finding) {}

  Verdict judge(SeriesDescription series) {
    Optional<String> against = against(series);
    if (against.isPresent()) {
      return new Verdict(false, false, against.get());
    }
    if (series.frames() < accepts.minimumSlices()) {
      return new Verdict(
          false,
          true,
          "needs " + accepts.minimumSlices() + " slices, the series has " + series.frames());
    }
    return new Verdict(
        true,
        false,
        "accepts modality "
            + quoted(series.modality())
            + ", body part "
            + quoted(series.bodyPart())
            + ", description "
            + quoted(series.seriesDescription())
            + ", "
            + series.frames()
            + " slices");
  }

  private Optional<String> against(SeriesDescription series) {
    if (!accepts.modalities().contains(series.modality())) {
      return Optional.of(
          "modality must be one of " + accepts.modalities() + ", is " + quoted(series.modality()));
    }
    Optional<Pattern> bodyPart = accepts.bodyPartPattern();
    boolean missing = series.bodyPart().isBlank();
    if (bodyPart.isPresent() && missing && !accepts.acceptsMissingBodyPart()) {
      return Optional.of("body part must match " + bodyPart.get() + ", is missing");
    }
    if (bodyPart.isPresent() && !missing && !bodyPart.get().matcher(series.bodyPart()).find()) {
      return Optional.of(
          "body part must match " + bodyPart.get() + ", is " + quoted(series.bodyPart()));
    }
    return againstDescription(series.seriesDescription());
  }

  private Optional<String> againstDescription(String description) {
    Optional<Pattern> wanted = accepts.seriesDescriptionPattern();
    if (wanted.isPresent() && !wanted.get().matcher(description).find()) {
      return Optional.of(
          "series description must match " + wanted.get() + ", is " + quoted(description));
    }
    Optional<Pattern> unwanted = accepts.notSeriesDescriptionPattern();
    if (unwanted.isPresent() && unwanted.get().matcher(description).find()) {
      return Optional.of(
          "series description must not match " + unwanted.get() + ", is " + quoted(description));
    }
    return Optional.empty();
  }

  static String quoted(String value) {
    return "'" + value + "'";
  }
}
