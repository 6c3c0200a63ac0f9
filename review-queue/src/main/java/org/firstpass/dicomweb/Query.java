package org.firstpass.dicomweb;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.firstpass.dicom.dataset.Vr;
import org.firstpass.dicom.web.AttributeName;
import org.firstpass.http.ApiRefusal;

/**
 * A query as its path and parameters say it.
 *
 * @param study whose series or instances, of the path
 * @param series whose instances, of the path
 * @see "PS3.18 section 10.6"
 */
record Query(
    Level level,
    Optional<String> study,
    Optional<String> series,
    List<Condition> conditions,
    Fields fields,
    Page page) {
  private static final int MOST_RESULTS = 5000;
  private static final int MODALITIES_IN_STUDY = 0x0008_0061;

  /** Which of the results. */
  record Page(int limit, int offset) {}

  /** What a result has beside what the standard lists. */
  record Fields(boolean all, Set<String> tags) {
    Fields {
      tags = Set.copyOf(tags);
    }
  }

  /**
   * Reads the parameters.
   *
   * @throws ApiRefusal 400 for what is no attribute, or is none of this level, or has a malformed
   *     value
   */
  static Query of(
      Level level,
      Optional<String> study,
      Optional<String> series,
      Map<String, List<String>> parameters) {
    boolean fuzzy = flag(parameters, "fuzzymatching");
    List<Condition> conditions = new ArrayList<>();
    parameters.forEach(
        (name, values) -> {
          switch (name) {
            case "fuzzymatching", "limit", "offset", "includefield", "accept", "charset" -> {}
            default ->
                values.forEach(value -> condition(level, name, value, fuzzy, conditions::add));
          }
        });
    int limit = number(parameters, "limit").orElse(MOST_RESULTS);
    int offset = number(parameters, "offset").orElse(0);
    return new Query(
        level,
        study,
        series,
        List.copyOf(conditions),
        fields(parameters.getOrDefault("includefield", List.of())),
        new Page(Math.min(limit, MOST_RESULTS), offset));
  }

  private static void condition(
      Level level,
      String name,
      String value,
      boolean fuzzy,
      java.util.function.Consumer<Condition> target) {
    String[] path = name.split("\\.", -1);
    if (path.length > 2) {
      throw refused(name, "items of items are not matched");
    }
    AttributeName first = attribute(path[0]);
    AttributeName last = path.length == 2 ? attribute(path[1]) : first;
    Level own = Level.of(first.tag());
    if (own.compareTo(level) > 0) {
      throw refused(name, "is no attribute of this level");
    }
    if (last.vr() == Vr.SQ || last.vr().kind() == Vr.Kind.BINARY) {
      throw refused(name, "is not matched: it is a sequence, binary, or not known");
    }
    if (path.length == 2 && !Level.keepsSequence(first.tag())) {
      throw refused(name, "is not matched: its sequence is not indexed");
    }
    // An empty value and a lone star match everything (PS3.4 C.2.2.2.3).
    if (!value.isBlank() && !value.equals("*")) {
      String key = path.length == 2 ? first.hex() + "." + last.hex() : first.hex();
      Vr vr = first.tag() == MODALITIES_IN_STUDY ? Vr.CS : last.vr();
      target.accept(Condition.of(own, key, vr, value, fuzzy));
    }
  }

  private static Fields fields(List<String> parameters) {
    boolean all = false;
    Set<String> tags = new HashSet<>();
    for (String parameter : parameters) {
      for (String field : parameter.split(",")) {
        if (field.equals("all")) {
          all = true;
        } else if (!field.isBlank()) {
          // Of what is in a sequence, the sequence.
          tags.add(attribute(field.strip().split("\\.")[0]).hex());
        }
      }
    }
    return new Fields(all, tags);
  }

  private static AttributeName attribute(String name) {
    return AttributeName.of(name)
        .orElseThrow(() -> refused(name, "is neither a tag nor a keyword of an attribute"));
  }

  private static boolean flag(Map<String, List<String>> parameters, String name) {
    String value = last(parameters, name).orElse("false");
    if (!value.equals("true") && !value.equals("false")) {
      throw refused(name, "is true or false");
    }
    return value.equals("true");
  }

  private static Optional<Integer> number(Map<String, List<String>> parameters, String name) {
    Optional<String> value = last(parameters, name);
    if (value.filter(text -> !text.matches("[0-9]{1,9}")).isPresent()) {
      throw refused(name, "is a whole number that is not negative");
    }
    return value.map(Integer::parseInt);
  }

  private static Optional<String> last(Map<String, List<String>> parameters, String name) {
    List<String> values = parameters.getOrDefault(name, List.of());
    return values.isEmpty() ? Optional.empty() : Optional.of(values.get(values.size() - 1));
  }

  // The name is cut: it is the caller's text and goes back to the caller only.
  private static ApiRefusal refused(String name, String why) {
    String cut = name.length() <= 64 ? name : name.substring(0, 64) + "…";
    return new ApiRefusal(400, "MALFORMED_QUERY", "'" + cut + "' " + why);
  }
}
