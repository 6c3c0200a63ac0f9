package org.firstpass.routing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.firstpass.dicom.SeriesDescription;
import org.firstpass.failure.ReasonCode;
import org.firstpass.model.ModelPackage;

/**
 * Chooses the package for a series: first what rules out every package, then what each one accepts.
 *
 * <p>Of several that accept a series the most specific one gets it: the one that states most of
 * body part, series description and excluded description; of equals the first by name. Immutable.
 */
public final class Routing {
  /** PS3.5 table 6.2-1, VR CS. */
  private static final Pattern CODE_STRING = Pattern.compile("[A-Z0-9_ ]{0,16}");

  private final List<ModelPackage> packages;

  /**
   * @param packages those that are served, one version of each
   */
  public Routing(List<ModelPackage> packages) {
    this.packages =
        packages.stream()
            .sorted(
                Comparator.comparingInt(Routing::specificity)
                    .reversed()
                    .thenComparing(each -> each.manifest().name()))
            .toList();
  }

  /** The way of a series; its explanation is complete whatever the verdict. */
  public Route route(SeriesDescription series) {
    List<String> explanation = new ArrayList<>();
    Optional<Route> unfit = unfit(series, explanation);
    if (unfit.isPresent()) {
      return unfit.get();
    }
    ModelPackage chosen = null;
    PackageRule.Verdict tooFew = null;
    for (ModelPackage each : packages) {
      PackageRule.Verdict verdict = PackageRule.of(each).judge(series);
      String note = chosen != null && verdict.accepted() ? "; a more specific one has it" : "";
      explanation.add(each.label() + ": " + verdict.finding() + note);
      if (chosen == null && verdict.accepted()) {
        chosen = each;
      }
      tooFew = tooFew == null && verdict.tooFewSlices() ? verdict : tooFew;
    }
    if (chosen != null) {
      return new Route.Served(chosen, explanation);
    }
    if (tooFew != null) {
      return new Route.Refused(ReasonCode.TOO_FEW_SLICES, tooFew.finding(), explanation);
    }
    String reason =
        "none of "
            + packages.size()
            + " packages accepts modality "
            + PackageRule.quoted(series.modality())
            + ", body part "
            + told(series.bodyPart());
    return new Route.Refused(ReasonCode.NO_PACKAGE, reason, explanation);
  }

  /** The reason goes into an event: what is no code string could be free text, and hold a name. */
  private static String told(String code) {
    return CODE_STRING.matcher(code).matches() ? PackageRule.quoted(code) : "(not a code string)";
  }

  private static Optional<Route> unfit(SeriesDescription series, List<String> explanation) {
    if (series.imageType().stream().anyMatch("LOCALIZER"::equalsIgnoreCase)) {
      return refused(ReasonCode.LOCALIZER, "Image Type says LOCALIZER", explanation);
    }
    explanation.add("not a localizer");
    if (series.colour()) {
      return refused(ReasonCode.COLOUR_IMAGE, "the pixels are in colour", explanation);
    }
    explanation.add("grey");
    if (!series.patientGeometry()) {
      return refused(
          ReasonCode.NO_PATIENT_GEOMETRY, "frames have no position in patient space", explanation);
    }
    explanation.add("has positions in patient space");
    return Optional.empty();
  }

  private static Optional<Route> refused(ReasonCode code, String reason, List<String> explanation) {
    explanation.add("refused: " + reason);
    return Optional.of(new Route.Refused(code, reason, explanation));
  }

  private static int specificity(ModelPackage model) {
    var accepts = model.manifest().accepts();
    return (accepts.bodyPart() == null ? 0 : 1)
        + (accepts.seriesDescription() == null ? 0 : 1)
        + (accepts.notSeriesDescription() == null ? 0 : 1);
  }
}
