package org.firstpass.routing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.firstpass.event.WrittenJson;
import org.firstpass.model.Requirement;
import org.jspecify.annotations.Nullable;

/**
 * The rules of an installation, a JSON file. The first rule that a series meets has it.
 *
 * @param format {@link #FORMAT}
 * @param unmatched what becomes of series that no rule is for; {@link Unmatched#PACKAGES} if null
 * @param examples series with what must become of them, checked by {@code route check}
 */
public record RoutingRules(
    int format,
    List<RoutingRule> rules,
    @Nullable Unmatched unmatched,
    List<RoutingExample> examples) {
  /** The only version of the format that this build reads. */
  public static final int FORMAT = 1;

  /** No rules: what packages state of themselves decides. */
  public static final RoutingRules NONE =
      new RoutingRules(FORMAT, List.of(), Unmatched.PACKAGES, List.of());

  private static final ObjectReader READER = WrittenJson.mapper().readerFor(RoutingRules.class);

  public RoutingRules {
    Requirement.that(
        format == FORMAT, "the format of routing rules must be " + FORMAT + ", but is " + format);
    rules = Requirement.list("rules", rules);
    examples = Requirement.list("examples", examples);
    Set<String> names = new HashSet<>();
    for (RoutingRule rule : rules) {
      Requirement.that(names.add(rule.name()), "two rules have the name '" + rule.name() + "'");
    }
    for (RoutingExample example : examples) {
      Requirement.that(
          example.rule() == null || names.contains(example.rule()),
          "example '" + example.name() + "' expects rule '" + example.rule() + "', there is none");
    }
  }

  /** What becomes of series that no rule is for. */
  public enum Unmatched {
    /** Packages that accept them get them. */
    PACKAGES,
    /** They are not segmented. */
    REFUSE
  }

  /**
   * Reads a file.
   *
   * @throws IllegalArgumentException naming the first field that is wrong
   */
  public static RoutingRules read(Path file) {
    try {
      RoutingRules rules = READER.readValue(Files.readAllBytes(file));
      Requirement.present("routing rules " + file.getFileName() + ": the object", rules);
      return rules;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "routing rules " + file.getFileName() + ": " + WrittenJson.complaint(e), e);
    } catch (IOException e) {
      throw new IllegalArgumentException("routing rules " + file + " cannot be read", e);
    }
  }

  boolean refusesUnmatched() {
    return unmatched == Unmatched.REFUSE;
  }
}
