package org.firstpass.routing;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.firstpass.dicom.SeriesDescription;
import org.firstpass.failure.ReasonCode;
import org.firstpass.model.Admission;
import org.firstpass.model.ModelPackage;

/**
 * Chooses the packages for a series: first what rules out every package, then the rules of the
 * installation, the first of which that the series meets has it, then what packages accept.
 *
 * <p>Of several that accept a series the most specific one gets it: the one that states most of the
 * series; of equals the first by name. Immutable.
 */
public final class Routing {
  /** PS3.5 table 6.2-1, VR CS. */
  private static final Pattern CODE_STRING = Pattern.compile("[A-Z0-9_ ]{0,16}");

  private final List<ModelPackage> served;
  private final List<ModelPackage> available;
  private final RoutingRules rules;
  private final ZoneId zone;

  /**
   * @param served those that are served, one version of each
   * @param available every version that can run, for rules that name one
   * @param zone in which rules speak of hours and days
   */
  public Routing(
      List<ModelPackage> served, List<ModelPackage> available, RoutingRules rules, ZoneId zone) {
    this.served =
        served.stream()
            .sorted(
                Comparator.comparingInt((ModelPackage each) -> PackageRule.of(each).specificity())
                    .reversed()
                    .thenComparing(each -> each.manifest().name()))
            .toList();
    this.available = List.copyOf(available);
    this.rules = rules;
    this.zone = zone;
  }

  /** Without rules. */
  public Routing(List<ModelPackage> served) {
    this(served, served, RoutingRules.NONE, ZoneOffset.UTC);
  }

  /** The way of a series; its explanation is complete whatever the verdict. */
  public Route route(RoutingSubject subject) {
    List<String> explanation = new ArrayList<>();
    Optional<Route> unfit = unfit(subject.series(), explanation);
    if (unfit.isPresent()) {
      return unfit.get();
    }
    return byRules(subject, 0, explanation);
  }

  private Route byRules(RoutingSubject subject, int from, List<String> explanation) {
    RoutingRule met = null;
    int place = from;
    for (int at = from; at < rules.rules().size(); at++) {
      RoutingRule rule = rules.rules().get(at);
      List<String> against = rule.when().mismatches(subject, zone);
      String note = against.isEmpty() && met != null ? "; an earlier rule has it" : "";
      explanation.add(rule.told(against) + note);
      if (against.isEmpty() && met == null) {
        met = rule;
        place = at;
      }
    }
    if (met != null) {
      return byRule(subject, met, place, explanation);
    }
    if (rules.refusesUnmatched()) {
      return refused(ReasonCode.ROUTED_NOWHERE, "no routing rule is for this series", explanation);
    }
    return byPackages(subject.series(), explanation);
  }

  private Route byRule(
      RoutingSubject subject, RoutingRule rule, int place, List<String> explanation) {
    Question question = rule.first();
    if (question == null) {
      return to(rule.then(), rule, subject.series(), explanation);
    }
    String asks = "rule '" + rule.name() + "' asks " + question.model();
    Optional<ModelPackage> first = named(PackageName.of("first.model", question.model()));
    if (first.isEmpty()) {
      return refused(ReasonCode.NO_PACKAGE, asks + ", which is not served", explanation);
    }
    ModelPackage model = first.get();
    if (!question.fits(model.manifest())) {
      String reason = asks + ", which cannot tell the " + question.subject();
      return refused(ReasonCode.NO_PACKAGE, reason, explanation);
    }
    PackageRule.Verdict verdict = PackageRule.of(model).judge(subject.series());
    explanation.add(model.label() + ": " + verdict.finding());
    if (verdict.tooFewSlices()) {
      return refused(ReasonCode.TOO_FEW_SLICES, verdict.finding(), explanation);
    }
    if (!verdict.accepted()) {
      String reason = asks + ", which does not accept the series";
      return refused(ReasonCode.NO_PACKAGE, reason, explanation);
    }
    explanation.add("rule '" + rule.name() + "': " + model.label() + " is asked first");
    return new Route.AskFirst(
        model, found -> answered(subject, rule, question, place, found, explanation), explanation);
  }

  private Route answered(
      RoutingSubject subject,
      RoutingRule rule,
      Question question,
      int place,
      FirstFindings found,
      List<String> before) {
    List<String> explanation = new ArrayList<>(before);
    boolean yes = question.answer(found);
    explanation.add(
        "rule '" + rule.name() + "': " + question.told(found) + ": " + (yes ? "yes" : "no"));
    Target target = yes ? rule.then() : rule.otherwise();
    return target == null
        ? byRules(subject, place + 1, explanation)
        : to(target, rule, subject.series(), explanation);
  }

  private Route to(
      Target target, RoutingRule rule, SeriesDescription series, List<String> explanation) {
    if (target.refuses()) {
      return refused(
          ReasonCode.ROUTED_NOWHERE,
          "rule '" + rule.name() + "' says that it is not segmented",
          explanation);
    }
    List<ModelPackage> taken = new ArrayList<>();
    PackageRule.Verdict tooFew = null;
    for (PackageName name : target.names()) {
      Optional<ModelPackage> wanted = named(name).filter(each -> each.manifest().segments());
      if (wanted.isEmpty()) {
        explanation.add("rule '" + rule.name() + "': " + name + " is not served, or marks nothing");
        continue;
      }
      PackageRule.Verdict verdict = PackageRule.of(wanted.get()).judge(series);
      boolean forced = target.goesRegardless() && PackageRule.of(wanted.get()).canTake(series);
      boolean accepted = verdict.accepted() || forced;
      explanation.add(wanted.get().label() + ": " + verdict.finding());
      tooFew = verdict.tooFewSlices() ? verdict : tooFew;
      if (accepted) {
        taken.add(wanted.get());
      }
    }
    if (!taken.isEmpty()) {
      return new Route.Served(
          taken, rule.name(), target.protocol(), target.addedPriority(), explanation);
    }
    if (tooFew != null) {
      return refused(ReasonCode.TOO_FEW_SLICES, tooFew.finding(), explanation);
    }
    return refused(
        ReasonCode.NO_PACKAGE,
        "rule '" + rule.name() + "' names no package that is served and accepts the series",
        explanation);
  }

  private Route byPackages(SeriesDescription series, List<String> explanation) {
    ModelPackage chosen = null;
    PackageRule.Verdict tooFew = null;
    for (ModelPackage each : served) {
      if (!each.manifest().segments()) {
        explanation.add(each.label() + ": marks nothing, so it can only be asked first by a rule");
        continue;
      }
      PackageRule.Verdict verdict = PackageRule.of(each).judge(series);
      String note = chosen != null && verdict.accepted() ? "; a more specific one has it" : "";
      explanation.add(each.label() + ": " + verdict.finding() + note);
      if (chosen == null && verdict.accepted()) {
        chosen = each;
      }
      tooFew = tooFew == null && verdict.tooFewSlices() ? verdict : tooFew;
    }
    if (chosen != null) {
      return new Route.Served(List.of(chosen), null, null, 0, explanation);
    }
    if (tooFew != null) {
      return refused(ReasonCode.TOO_FEW_SLICES, tooFew.finding(), explanation);
    }
    String reason =
        "none of "
            + served.size()
            + " packages accepts modality "
            + codeOnly(series.modality())
            + " with its body part and description";
    return refused(ReasonCode.NO_PACKAGE, reason, explanation);
  }

  private Optional<ModelPackage> named(PackageName name) {
    List<ModelPackage> candidates = name.isPinned() ? available : served;
    return candidates.stream().filter(each -> name.means(each.manifest())).findFirst();
  }

  /** The reason goes into an event: what is no code string could be free text, and hold a name. */
  private static String codeOnly(String code) {
    return CODE_STRING.matcher(code).matches() ? Mismatches.quoted(code) : "(not a code string)";
  }

  private Optional<Route> unfit(SeriesDescription series, List<String> explanation) {
    if (series.imageType().stream().anyMatch("LOCALIZER"::equalsIgnoreCase)) {
      return unfit(ReasonCode.LOCALIZER, "Image Type says LOCALIZER", explanation);
    }
    explanation.add("not a localizer");
    if (series.colour() && !admitted(Admission.COLOUR_AS_LUMINANCE, series)) {
      return unfit(ReasonCode.COLOUR_IMAGE, "the pixels are in colour", explanation);
    }
    explanation.add(series.colour() ? "in colour, which a package admits" : "grey");
    if (!series.patientGeometry() && !admitted(Admission.NO_PATIENT_GEOMETRY, series)) {
      return unfit(
          ReasonCode.NO_PATIENT_GEOMETRY, "frames have no position in patient space", explanation);
    }
    explanation.add(
        series.patientGeometry()
            ? "has positions in patient space"
            : "has no positions in patient space, which a package admits");
    return Optional.empty();
  }

  private boolean admitted(Admission admission, SeriesDescription series) {
    return Stream.concat(served.stream(), available.stream())
        .map(each -> each.manifest().accepts())
        .anyMatch(
            accepts ->
                accepts.admits(admission) && accepts.modalities().contains(series.modality()));
  }

  private static Optional<Route> unfit(ReasonCode code, String reason, List<String> explanation) {
    return Optional.of(refused(code, reason, explanation));
  }

  private static Route refused(ReasonCode code, String reason, List<String> explanation) {
    explanation.add("refused: " + reason);
    return new Route.Refused(code, reason, explanation);
  }
}
