package org.firstpass.operations;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether a process can do its work, as named checks. Safe for use by many threads. */
public final class Health {
  private static final Logger LOG = LoggerFactory.getLogger(Health.class);

  private final Map<String, BooleanSupplier> checks = new ConcurrentHashMap<>();

  /** Adds or replaces a check; one that throws counts as failed. Names are letters and dashes. */
  public Health with(String name, BooleanSupplier check) {
    if (!name.matches("[a-z][a-z0-9-]*")) {
      throw new IllegalArgumentException(
          "a check's name is letters and dashes, not '" + name + "'");
    }
    checks.put(name, check);
    return this;
  }

  /** What each check says now, by name. */
  public Map<String, Boolean> answers() {
    Map<String, Boolean> answers = new LinkedHashMap<>();
    checks.keySet().stream().sorted().forEach(name -> answers.put(name, answer(name)));
    return answers;
  }

  public boolean healthy() {
    return !answers().containsValue(false);
  }

  /** The answers as JSON: {@code {"status":"UP","checks":{"broker":"UP"}}}. */
  public String json() {
    return json(answers());
  }

  static String json(Map<String, Boolean> answers) {
    var json = new StringBuilder("{\"status\":\"").append(word(!answers.containsValue(false)));
    json.append("\",\"checks\":{");
    String separator = "";
    for (Map.Entry<String, Boolean> answer : answers.entrySet()) {
      json.append(separator).append('"').append(answer.getKey()).append("\":\"");
      json.append(word(answer.getValue())).append('"');
      separator = ",";
    }
    return json.append("}}").toString();
  }

  private boolean answer(String name) {
    BooleanSupplier check = checks.get(name);
    try {
      return check != null && check.getAsBoolean();
    } catch (RuntimeException e) {
      LOG.warn("health check {} failed", name, e);
      return false;
    }
  }

  private static String word(boolean up) {
    return up ? "UP" : "DOWN";
  }
}
