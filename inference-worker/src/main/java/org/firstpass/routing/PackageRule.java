package org.firstpass.routing;

import java.util.List;
import org.firstpass.dicom.SeriesDescription;
import org.firstpass.model.Admission;
import org.firstpass.model.Applicability;
import org.firstpass.model.ModelPackage;

/** What one package accepts. */
public record PackageRule(Applicability accepts) {

  static PackageRule of(ModelPackage model) {
    return new PackageRule(model.manifest().accepts());
  }

  /**
   * Whether a series is accepted.
   *
   * @param tooFewSlices it would have been, with more slices
   * @param finding what spoke against it, or what spoke for it; it may quote headers
   */
  public record Verdict(boolean accepted, boolean tooFewSlices, String finding) {}

  /** Judges a series by its headers. */
  public Verdict judge(SeriesDescription series) {
    List<String> against = against(series);
    if (!against.isEmpty()) {
      return new Verdict(false, false, String.join("; ", against));
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
            + Mismatches.quoted(series.modality())
            + ", body part "
            + Mismatches.quoted(series.bodyPart())
            + ", description "
            + Mismatches.quoted(series.seriesDescription())
            + ", "
            + series.frames()
            + " slices");
  }

  /** Whether it can be given a series at all, whatever its headers say. */
  boolean canTake(SeriesDescription series) {
    return (!series.colour() || accepts.admits(Admission.COLOUR_AS_LUMINANCE))
        && (series.patientGeometry() || accepts.admits(Admission.NO_PATIENT_GEOMETRY));
  }

  private List<String> against(SeriesDescription series) {
    var found = new Mismatches();
    found.oneOf("modality", accepts.modalities(), series.modality());
    if (series.colour() && !accepts.admits(Admission.COLOUR_AS_LUMINANCE)) {
      found.add("takes no colour");
    }
    if (!series.patientGeometry() && !accepts.admits(Admission.NO_PATIENT_GEOMETRY)) {
      found.add("needs positions in patient space");
    }
    boolean missing = series.bodyPart().isBlank();
    if (accepts.bodyPartPattern().isPresent() && missing && !accepts.acceptsMissingBodyPart()) {
      found.add("body part must match " + accepts.bodyPartPattern().get() + ", is missing");
    } else if (!missing) {
      found.matching("body part", accepts.bodyPartPattern(), series.bodyPart());
    }
    found.matching(
        "series description", accepts.seriesDescriptionPattern(), series.seriesDescription());
    found.notMatching(
        "series description", accepts.notSeriesDescriptionPattern(), series.seriesDescription());
    found.anyMatching("sequence", accepts.sequencePattern(), series.acquisition().sequence());
    found.contrast(accepts.contrast(), series.acquisition().contrast());
    found.geometry(
        accepts.planes(), accepts.sliceSpacingMm(), null, series.acquisition().geometry());
    Integer maximum = accepts.maximumSlices();
    if (maximum != null && series.frames() > maximum) {
      found.add("takes at most " + maximum + " slices, the series has " + series.frames());
    }
    return found.found();
  }

  /** How many things a package states of the series that it accepts. */
  int specificity() {
    return (accepts.bodyPart() == null ? 0 : 1)
        + (accepts.seriesDescription() == null ? 0 : 1)
        + (accepts.notSeriesDescription() == null ? 0 : 1)
        + (accepts.sequence() == null ? 0 : 1)
        + (accepts.contrast() == null ? 0 : 1)
        + (accepts.planes().isEmpty() ? 0 : 1)
        + (accepts.sliceSpacingMm() == null ? 0 : 1);
  }
}
