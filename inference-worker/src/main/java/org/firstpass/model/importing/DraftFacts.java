package org.firstpass.model.importing;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.firstpass.model.Applicability;
import org.firstpass.model.Provenance;
import org.firstpass.model.Provenance.LicenceClass;
import org.jspecify.annotations.Nullable;

/** The parts of a manifest that do not depend on the framework: what it is, for whom. */
public final class DraftFacts {
  private static final List<String> OPEN =
      List.of("apache-2.0", "mit", "bsd-2-clause", "bsd-3-clause", "cc0-1.0", "cc-by-4.0", "isc");

  private final Answers answers;
  private final ImportNotes notes;

  public DraftFacts(Answers answers, ImportNotes notes) {
    this.answers = answers;
    this.notes = notes;
  }

  /**
   * The package's name.
   *
   * @param suggestion what the model's files call it, null if they do not
   */
  public String name(@Nullable String suggestion) {
    Optional<String> slug = Optional.ofNullable(suggestion).map(DraftFacts::slug);
    return answers.known(Question.NAME, slug.filter(name -> !name.isEmpty()));
  }

  public String version(@Nullable String suggestion) {
    Optional<String> three =
        Optional.ofNullable(suggestion).filter(version -> version.matches("\\d+\\.\\d+\\.\\d+"));
    return answers.known(Question.VERSION, three.or(Question.VERSION::fallback));
  }

  /** Title, licence, use, source. */
  public Provenance about(
      @Nullable String title,
      @Nullable String licence,
      @Nullable String intendedUse,
      @Nullable String source) {
    String spdx = answers.known(Question.LICENCE, Optional.ofNullable(licence));
    String use =
        answers.known(
            Question.INTENDED_USE,
            Optional.ofNullable(intendedUse).or(Question.INTENDED_USE::fallback));
    notes.check("intended use: '" + use + "'");
    return new Provenance(
        answers.known(Question.TITLE, Optional.ofNullable(title)),
        spdx,
        use,
        source,
        licenceClass(spdx));
  }

  private @Nullable LicenceClass licenceClass(String spdx) {
    Optional<String> said = answers.option(Question.LICENCE_CLASS);
    if (said.isPresent()) {
      return Answers.word(Question.LICENCE_CLASS, LicenceClass.class, said.get());
    }
    String licence = spdx.toLowerCase(Locale.ROOT);
    if (OPEN.contains(licence)) {
      notes.decided("licence class", "OPEN, because " + spdx + " allows any use");
      return LicenceClass.OPEN;
    }
    if (licence.contains("-nc")) {
      notes.decided("licence class", "NON_COMMERCIAL, because of " + spdx);
      return LicenceClass.NON_COMMERCIAL;
    }
    notes.check("what the licence " + spdx + " allows: about.licenceClass is not stated");
    return null;
  }

  /**
   * Which series it takes.
   *
   * @param modality as the model's files name it, null if they do not
   */
  public Applicability accepts(@Nullable String modality) {
    String said =
        answers
            .known(Question.MODALITY, Optional.ofNullable(modality).flatMap(DraftFacts::modality))
            .toUpperCase(Locale.ROOT);
    int slices =
        Answers.wholeNumber(
            Question.MINIMUM_SLICES,
            answers.known(Question.MINIMUM_SLICES, Question.MINIMUM_SLICES.fallback()));
    Optional<String> bodyPart = answers.option(Question.BODY_PART);
    if (bodyPart.isEmpty()) {
      notes.check(
          "which series it is given: accepts says only "
              + said
              + " with "
              + slices
              + " slices or more; add bodyPart, seriesDescription, sequence or contrast");
    }
    return new Applicability(Answers.list(said), bodyPart.orElse(null), null, null, null, slices);
  }

  /** DICOM's Modality for what models call it. */
  public static Optional<String> modality(String name) {
    String word = name.strip().toLowerCase(Locale.ROOT);
    if (word.matches("ct|cta|cect|ncct|ct[ _-].*|.*[ _-]ct")) {
      return Optional.of("CT");
    }
    if (word.matches("pet|pt|suv|pet[ _-].*")) {
      return Optional.of("PT");
    }
    if (word.matches("mr|mri|mra|flair|adc|dwi|dce|pd|swi|t1.*|t2.*|mr[ _-].*|mri[ _-].*")) {
      return Optional.of("MR");
    }
    return Optional.empty();
  }

  private static String slug(String name) {
    String slug =
        name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-+|-+$", "");
    return slug.substring(0, Math.min(63, slug.length()));
  }
}
