package org.firstpass.pull;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.firstpass.peer.Requirement;
import org.firstpass.peer.WrittenFile;
import org.jspecify.annotations.Nullable;

/**
 * Every archive that an installation fetches from, and whose priors, a JSON file.
 *
 * @param format {@link #FORMAT}
 * @param priors none if null
 */
public record PullSources(int format, List<PullSource> sources, @Nullable List<PriorRule> priors) {
  /** The only version of the format that this build reads. */
  public static final int FORMAT = 1;

  /** Nothing is fetched. */
  public static final PullSources NONE = new PullSources(FORMAT, List.of(), List.of());

  /** Each has threads of its own. */
  private static final int MAX_SOURCES = 32;

  private static final int MAX_RULES = 100;

  public PullSources {
    Requirement.that(
        format == FORMAT, "the format of sources must be " + FORMAT + ", but is " + format);
    sources = Requirement.list("sources", sources);
    priors = Requirement.list("priors", priors);
    Requirement.within("the number of sources", sources.size(), 0, MAX_SOURCES);
    Requirement.within("the number of priors", priors.size(), 0, MAX_RULES);
    Set<String> names = new HashSet<>();
    for (PullSource source : sources) {
      Requirement.that(
          names.add(source.title()), "two sources have the name '" + source.title() + "'");
    }
    Set<String> rules = new HashSet<>();
    for (PriorRule rule : priors) {
      Requirement.that(rules.add(rule.title()), "two priors have the name '" + rule.title() + "'");
      Requirement.that(
          names.contains(rule.from()),
          "priors '"
              + rule.title()
              + "' name the source '"
              + rule.from()
              + "', which there is not");
    }
  }

  /**
   * Reads a file.
   *
   * @throws IllegalArgumentException naming the first field that is wrong
   */
  public static PullSources read(Path file) {
    return WrittenFile.read(file, PullSources.class, "sources");
  }

  /** The source of that name. */
  public Optional<PullSource> find(String name) {
    return sources.stream().filter(source -> source.title().equals(name)).findFirst();
  }

  /** {@link #priors}, empty if there are none. */
  public List<PriorRule> rules() {
    return priors == null ? List.of() : priors;
  }
}
