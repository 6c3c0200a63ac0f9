package org.firstpass.dicom;

import org.firstpass.segment.CodedConcept;

/**
 * What a parametric map says besides its values.
 *
 * @param quantity what is mapped, as a coded concept
 * @param label of the mapping, 1 to 16 characters
 * @param explanation what the values mean, 1 to 64 characters
 * @param maximum the real-world value, without unit, of the stored value 255; 0 is 0
 */
public record ParametricMapContent(
    DerivedIdentity identity,
    CodedConcept quantity,
    String label,
    String explanation,
    double maximum) {
  private static final int SHORT_STRING = 16;
  private static final int LONG_STRING = 64;

  public ParametricMapContent {
    require("label", label, SHORT_STRING);
    require("explanation", explanation, LONG_STRING);
    if (!(maximum > 0) || !Double.isFinite(maximum)) {
      throw new IllegalArgumentException("a maximum is above zero, but is " + maximum);
    }
  }

  /** The uncertainty of a proposal: normalised entropy from 0 (sure) to 1. */
  public static ParametricMapContent uncertainty(DerivedIdentity identity) {
    return new ParametricMapContent(
        identity,
        new CodedConcept("entropy", ReportConcepts.OWN_SCHEME, "Normalised entropy of the network"),
        "Uncertainty",
        "Normalised entropy of the network, 0 is sure",
        1);
  }

  private static void require(String what, String text, int most) {
    if (text.isBlank() || text.length() > most || text.indexOf('\\') >= 0) {
      throw new IllegalArgumentException(
          "a map's " + what + " has 1 to " + most + " characters and no backslash");
    }
  }
}
