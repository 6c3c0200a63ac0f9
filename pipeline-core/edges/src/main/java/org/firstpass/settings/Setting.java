package org.firstpass.settings;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One key that an installation may set.
 *
 * @param key lower case with dots, room first: {@code gateway.quiet}
 * @param standard what holds if it is not set; null if it must be set where it is read
 * @param meaning one sentence for the reader of the file
 * @param secret whether its value must never be printed
 */
public record Setting(String key, @Nullable String standard, String meaning, boolean secret) {
  public Setting {
    if (!key.matches("[a-z][a-z0-9]*([.-][a-z0-9]+)*")) {
      throw new IllegalArgumentException("'" + key + "' is not a key such as gateway.quiet");
    }
  }

  public static Setting of(String key, String standard, String meaning) {
    return new Setting(key, standard, meaning, false);
  }

  public static Setting required(String key, String meaning) {
    return new Setting(key, null, meaning, false);
  }

  public static Setting secret(String key, String meaning) {
    return new Setting(key, null, meaning, true);
  }

  /**
   * The environment variable that sets it: {@code gateway.quiet} is {@code
   * FIRSTPASS_GATEWAY_QUIET}.
   */
  String variable() {
    return Settings.PREFIX + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }
}
