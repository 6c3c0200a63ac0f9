package org.firstpass.settings;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What this installation chose: the standards, over them a properties file, over it the environment
 * ({@code FIRSTPASS_GATEWAY_QUIET} sets {@code gateway.quiet}).
 *
 * <p>A key that nobody reads is an error, because it is usually a misspelt one. Immutable.
 */
public final class Settings {
  static final String PREFIX = "FIRSTPASS_";
  private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})\\s*(ms|s|m|h|d)");

  // Read by tests and the launcher, not by the settings.
  private static final Set<String> FOREIGN =
      Set.of("FIRSTPASS_DATA", "FIRSTPASS_REQUIRE_TOOLS", "FIRSTPASS_HOME", "FIRSTPASS_JAVA_OPTS");

  private final Map<String, Setting> known;
  private final Map<String, String> chosen;

  private Settings(Map<String, Setting> known, Map<String, String> chosen) {
    this.known = known;
    this.chosen = chosen;
  }

  /**
   * Reads the settings.
   *
   * @param file a properties file in UTF-8; it may be absent
   * @throws SettingsInvalid if a key is not known
   */
  public static Settings load(Path file, Map<String, String> environment, List<Setting> known) {
    Map<String, Setting> byKey = new LinkedHashMap<>();
    known.forEach(setting -> byKey.put(setting.key(), setting));
    Map<String, String> chosen = new LinkedHashMap<>();
    Properties properties = read(file);
    for (String key : new TreeSet<>(properties.stringPropertyNames())) {
      if (!byKey.containsKey(key)) {
        throw unknown(key, byKey.keySet(), file.toString());
      }
      chosen.put(key, properties.getProperty(key).strip());
    }
    addEnvironment(environment, byKey, chosen);
    return new Settings(byKey, chosen);
  }

  private static void addEnvironment(
      Map<String, String> environment, Map<String, Setting> known, Map<String, String> chosen) {
    Map<String, Setting> byVariable =
        known.values().stream().collect(Collectors.toMap(Setting::variable, Function.identity()));
    for (String variable : new TreeSet<>(environment.keySet())) {
      Setting setting = byVariable.get(variable);
      if (setting != null) {
        chosen.put(setting.key(), environment.getOrDefault(variable, "").strip());
      } else if (variable.startsWith(PREFIX) && !FOREIGN.contains(variable)) {
        throw unknown(variable, byVariable.keySet(), "the environment");
      }
    }
  }

  private static Properties read(Path file) {
    var properties = new Properties();
    if (Files.exists(file)) {
      try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
        properties.load(reader);
      } catch (IOException | IllegalArgumentException e) {
        throw new SettingsInvalid(file + " cannot be read as properties: " + e.getMessage(), e);
      }
    }
    return properties;
  }

  private static SettingsInvalid unknown(String key, Set<String> known, String where) {
    String nearest =
        known.stream()
            .min(Comparator.comparingInt(candidate -> distance(key, candidate)))
            .map(candidate -> "; did you mean '" + candidate + "'?")
            .orElse("");
    return new SettingsInvalid("'" + key + "' in " + where + " is not a setting" + nearest);
  }

  // Levenshtein, one row at a time.
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    Arrays.setAll(row, i -> i);
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }

  public String text(String key) {
    Setting setting = setting(key);
    String value = chosen.get(key);
    if (value == null) {
      value = setting.standard();
    }
    if (value == null) {
      throw new SettingsInvalid("'" + key + "' must be set: " + setting.meaning());
    }
    return value;
  }

  /** Whether the installation set it, or it has a standard. */
  public boolean isSet(String key) {
    return chosen.containsKey(key) || setting(key).standard() != null;
  }

  /** A duration such as {@code 500ms}, {@code 10s}, {@code 5m} or ISO 8601 {@code PT10S}. */
  public Duration duration(String key) {
    return parsed(key, "a duration such as 10s", Settings::parseDuration);
  }

  public DataSize size(String key) {
    return parsed(key, "a data size such as 10GiB", DataSize::parse);
  }

  public Path path(String key) {
    return parsed(key, "a path", Path::of);
  }

  /** A whole number within limits, both included. */
  public int number(String key, int least, int most) {
    return parsed(
        key,
        "a whole number from " + least + " to " + most,
        text -> {
          int value = Integer.parseInt(text);
          if (value < least || value > most) {
            throw new IllegalArgumentException(text);
          }
          return value;
        });
  }

  public boolean flag(String key) {
    return parsed(
        key,
        "true or false",
        text ->
            switch (text.toLowerCase(Locale.ROOT)) {
              case "true" -> true;
              case "false" -> false;
              default -> throw new IllegalArgumentException(text);
            });
  }

  /** Parts between commas, without blanks and empty ones. */
  public List<String> list(String key) {
    return Arrays.stream(text(key).split(","))
        .map(String::strip)
        .filter(s -> !s.isEmpty())
        .toList();
  }

  /**
   * Reads what {@link #duration} takes.
   *
   * @throws IllegalArgumentException if it is no duration
   */
  public static Duration parseDuration(String text) {
    Matcher parts = DURATION.matcher(text.toLowerCase(Locale.ROOT));
    if (!parts.matches()) {
      try {
        return Duration.parse(text);
      } catch (DateTimeParseException e) {
        throw new IllegalArgumentException("'" + text + "' is not a duration such as 10s", e);
      }
    }
    long amount = Long.parseLong(parts.group(1));
    return switch (parts.group(2)) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      default -> Duration.ofDays(amount);
    };
  }

  private <T> T parsed(String key, String expected, Function<String, T> parse) {
    String text = text(key);
    try {
      return parse.apply(text);
    } catch (IllegalArgumentException | ArithmeticException e) {
      String found = setting(key).secret() ? "" : ", but is '" + text + "'";
      throw new SettingsInvalid("'" + key + "' must be " + expected + found, e);
    }
  }

  private Setting setting(String key) {
    Setting setting = known.get(key);
    if (setting == null) {
      throw new IllegalArgumentException("no setting '" + key + "' was declared");
    }
    return setting;
  }

  /** Every key with its value, one a line, secrets hidden. */
  @Override
  public String toString() {
    return known.values().stream()
        .map(setting -> setting.key() + " = " + shown(setting))
        .collect(Collectors.joining("\n"));
  }

  private String shown(Setting setting) {
    String value = chosen.getOrDefault(setting.key(), setting.standard());
    if (value == null) {
      return "(not set)";
    }
    return setting.secret() ? "(hidden)" : value;
  }
}
