package org.firstpass.routing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.firstpass.event.EventJson;
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

  private static final ObjectMapper MAPPER =
      EventJson.mapper()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);

  public RoutingRules {
    RoutingCheck.that(
        format == FORMAT, "the format of routing rules must be " + FORMAT + ", but is " + format);
    rules = RoutingCheck.listed(rules);
    examples = RoutingCheck.listed(examples);
    Set<String> names = new HashSet<>();
    for (RoutingRule rule : rules) {
      RoutingCheck.that(names.add(rule.name()), "two rules have the name '" + rule.name() + "'");
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
      return MAPPER.readValue(Files.readAllBytes(file), RoutingRules.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "routing rules " + file.getFileName() + ": " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new IllegalArgumentException("routing rules " + file + " cannot be read", e);
    }
  }

  boolean refusesUnmatched() {
    return unmatched == Unmatched.REFUSE;
  }
}
