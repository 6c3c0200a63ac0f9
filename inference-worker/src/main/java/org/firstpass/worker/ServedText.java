package org.firstpass.worker;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.firstpass.event.ModelState;
import org.firstpass.model.ServedPackages;

/** What changed in what is served, in words for the log. */
final class ServedText {
  private ServedText() {}

  static List<String> changes(ServedPackages before, ServedPackages after) {
    Map<String, String> old = states(before);
    Map<String, String> now = states(after);
    List<String> lines = new ArrayList<>();
    now.forEach(
        (version, state) -> {
          if (!state.equals(old.get(version))) {
            lines.add("package " + version + " is " + state);
          }
        });
    old.keySet().stream()
        .filter(version -> !now.containsKey(version))
        .forEach(version -> lines.add("package " + version + " is gone"));
    return lines;
  }

  private static Map<String, String> states(ServedPackages served) {
    Map<String, String> states = new LinkedHashMap<>();
    served
        .versions()
        .forEach(
            each ->
                states.put(
                    each.model().label() + " digest " + each.model().digest(),
                    each.state().name().toLowerCase(Locale.ROOT)
                        + (each.state() == ModelState.SERVING && !each.decided()
                            ? ", the first of its name"
                            : "")));
    return states;
  }
}
