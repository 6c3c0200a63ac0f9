package org.firstpass.pull;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.Period;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.firstpass.peer.Requirement;
import org.firstpass.study.ProjectName;
import org.jspecify.annotations.Nullable;

/**
 * Which earlier studies are fetched when a series arrives.
 *
 * @param name as it is told in lists
 * @param when which series; every one if null
 * @param source from where
 * @param modalities of the earlier studies, one of these; any if null or empty
 * @param bodyParts Body Part Examined of the earlier series, one of these or none said; any if null
 *     or empty
 * @param most studies at most, the latest ones
 * @param notOlderThan than the study that arrived, as P5Y; any age if null
 * @param project what they are kept for; priors if null
 */
public record PriorRule(
    @Nullable String name,
    @Nullable Trigger when,
    @Nullable String source,
    @Nullable List<String> modalities,
    @Nullable List<String> bodyParts,
    int most,
    @Nullable String notOlderThan,
    @Nullable String project) {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");
  private static final int MOST = 50;

  /** What priors are kept for, unless a rule says otherwise. */
  public static final ProjectName PRIORS = new ProjectName("priors");

  /**
   * Which series have their priors fetched. What is left out does not matter.
   *
   * @param projects that the series was sent for, one of these
   * @param modalities of the series, one of these
   */
  public record Trigger(@Nullable List<String> projects, @Nullable List<String> modalities) {
    public Trigger {
      projects = Requirement.list("when.projects", projects);
      modalities = Requirement.list("when.modalities", modalities);
    }

    boolean holds(ProjectName project, String modality) {
      return has(projects, project.value()) && has(modalities, modality);
    }

    private static boolean has(@Nullable List<String> allowed, String value) {
      return allowed == null
          || allowed.isEmpty()
          || allowed.stream().anyMatch(value::equalsIgnoreCase);
    }
  }

  public PriorRule {
    Requirement.that(
        NAME.matcher(Requirement.text("name", name)).matches(),
        "name must be lower-case letters, digits and dashes, at most 40, but is '" + name + "'");
    Requirement.text("source", source);
    modalities = Requirement.list("modalities", modalities);
    bodyParts = Requirement.list("bodyParts", bodyParts);
    Requirement.within("most", most, 1, MOST);
    if (notOlderThan != null) {
      period(notOlderThan);
    }
    project = project == null ? PRIORS.value() : project;
    new ProjectName(project);
  }

  private static Period period(String text) {
    try {
      Period period = Period.parse(text);
      Requirement.that(!period.isNegative() && !period.isZero(), "notOlderThan must be positive");
      return period;
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "notOlderThan must be a period such as P5Y or P18M, but is '" + text + "'", e);
    }
  }

  /** {@link #name}, which is there. */
  public String title() {
    return Objects.requireNonNull(name);
  }

  /** {@link #source}, which is there. */
  String from() {
    return Objects.requireNonNull(source);
  }

  ProjectName target() {
    return new ProjectName(Objects.requireNonNull(project));
  }

  boolean holds(ProjectName sentFor, String modality) {
    return when == null || when.holds(sentFor, modality);
  }

  /** The earliest date that is not too old; null if there is none. */
  @Nullable LocalDate oldest(LocalDate arrived) {
    return notOlderThan == null ? null : arrived.minus(period(notOlderThan));
  }

  SeriesFilter filter() {
    return new SeriesFilter(
        Set.copyOf(Objects.requireNonNull(modalities)),
        Set.copyOf(Objects.requireNonNull(bodyParts)));
  }
}
