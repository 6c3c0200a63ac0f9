package org.firstpass.event;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How a schema differs from the one before it in ways that a reader or a writer would feel. */
final class SchemaGrowth {
  /** What people read, and the schema's own name. */
  private static final Set<String> SAYS_NOTHING = Set.of("$id", "title", "description");

  /** Whose members are names of fields and of definitions, of which there may be more. */
  private static final Set<String> MAY_GROW = Set.of("properties", "$defs");

  private SchemaGrowth() {}

  /** The places where the later schema does more than add fields; none if it only adds. */
  static List<String> breaks(JsonNode earlier, JsonNode later) {
    List<String> found = new ArrayList<>();
    compare(earlier, later, "", false, found);
    return found;
  }

  private static void compare(
      JsonNode earlier, JsonNode later, String path, boolean mayGrow, List<String> found) {
    if (!earlier.isObject() || !later.isObject()) {
      if (!earlier.equals(later)) {
        found.add(path + ": " + earlier + " became " + later);
      }
      return;
    }
    for (Map.Entry<String, JsonNode> each : earlier.properties()) {
      String name = each.getKey();
      if (!mayGrow && SAYS_NOTHING.contains(name)) {
        continue;
      }
      if (!later.has(name)) {
        found.add(path + "/" + name + " is gone");
      } else {
        boolean names = !mayGrow && MAY_GROW.contains(name);
        compare(each.getValue(), later.get(name), path + "/" + name, names, found);
      }
    }
    for (Map.Entry<String, JsonNode> each : later.properties()) {
      String name = each.getKey();
      if (!mayGrow && !SAYS_NOTHING.contains(name) && !earlier.has(name)) {
        found.add(path + "/" + name + " is new");
      }
    }
  }
}
