package org.firstpass.operations;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether a process can do its work, as named checks. Safe for use by many threads. */
public final class Health {
  private static final Logger LOG = LoggerFactory.getLogger(Health.class);
  private static final String UP = "UP";
  private static final String DOWN = "DOWN";
  private static final String DEGRADED = "DEGRADED";

  private final Map<String, BooleanSupplier> checks = new ConcurrentHashMap<>();
  private final Map<String, BooleanSupplier> warnings = new ConcurrentHashMap<>();

  /** Adds or replaces a check; one that throws counts as failed. Names are letters and dashes. */
  public Health with(String name, BooleanSupplier check) {
    checks.put(required(name), check);
    return this;
  }

  /**
   * Adds or replaces a check of something without which the process still works, with less than it
   * should have: if it fails the process is degraded, not down.
   */
  public Health withWarning(String name, BooleanSupplier check) {
    warnings.put(required(name), check);
    return this;
  }

  /** What each check says now, by name. */
  public Map<String, Boolean> answers() {
    return answers(checks);
  }

  /** What each check says now whose failure only degrades the process, by name. */
  public Map<String, Boolean> warnings() {
    return answers(warnings);
  }

  private static String required(String name) {
    if (!name.matches("[a-z][a-z0-9-]*")) {
      throw new IllegalArgumentException(
          "a check's name is letters and dashes, not '" + name + "'");
    }
    return name;
  }

  private static Map<String, Boolean> answers(Map<String, BooleanSupplier> asked) {
    Map<String, Boolean> answers = new LinkedHashMap<>();
    asked.keySet().stream()
        .sorted()
        .forEach(name -> answers.put(name, answer(name, asked.get(name))));
    return answers;
  }

  public boolean healthy() {
    return !answers().containsValue(false);
  }

  /**
   * The answers as JSON: {@code {"status":"UP","checks":{"broker":"UP"}}}; the status is DEGRADED
   * if only warnings failed.
   */
  public String json() {
    return json(answers(), warnings());
  }

  static String json(Map<String, Boolean> answers, Map<String, Boolean> warnings) {
    String status = warnings.containsValue(false) ? DEGRADED : UP;
    status = answers.containsValue(false) ? DOWN : status;
    var all = new LinkedHashMap<String, String>();
    answers.forEach((name, well) -> all.put(name, well ? UP : DOWN));
    warnings.forEach((name, well) -> all.put(name, well ? UP : DEGRADED));
    var json = new StringBuilder("{\"status\":\"").append(status).append("\",\"checks\":{");
    String separator = "";
    for (Map.Entry<String, String> answer : all.entrySet()) {
      json.append(separator).append('"').append(answer.getKey()).append("\":\"");
      json.append(answer.getValue()).append('"');
      separator = ",";
    }
    return json.append("}}").toString();
  }

  private static boolean answer(String name, @Nullable BooleanSupplier check) {
    try {
      return check != null && check.getAsBoolean();
    } catch (RuntimeException e) {
      LOG.warn("health check {} failed", name, e);
      return false;
    }
  }
}
