package org.firstpass.event;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The JSON Schemas of the events' data: one file for each type and each version in which its fields
 * changed. A file that was released stays as it is, byte for byte.
 *
 * <p>Within a major version fields are only added, and what is added is optional. So data of any
 * minor version is valid against the schema of any other one.
 *
 * @see "JSON Schema, draft 2020-12"
 */
public final class EventSchemas {
  public static final String MEDIA_TYPE = "application/schema+json";

  private static final String FOLDER = "/org/firstpass/event/schemas/";
  private static final String SUMS = "SHA256SUMS";
  private static final String SUFFIX = ".json";
  private static final List<Released> RELEASED = readReleased();

  private EventSchemas() {}

  /**
   * One version of the schema of a type.
   *
   * @param minor the release of Firstpass' events in which its fields changed; not every type
   *     changes in each, so numbers are left out
   */
  public record Released(EventType type, int minor) {

    /** For instance {@code org.firstpass.series-arrived.v1.3}. */
    public String name() {
      return type.wireName() + "." + minor;
    }

    /** The schema as UTF-8 JSON text. */
    public byte[] json() {
      return bytes(name() + SUFFIX);
    }
  }

  /** Every version of every type: types in their order, the oldest version first. */
  public static List<Released> all() {
    return RELEASED;
  }

  /** What this code writes. */
  public static Released newest(EventType type) {
    return RELEASED.stream()
        .filter(each -> each.type() == type)
        .reduce((earlier, later) -> later)
        .orElseThrow(() -> new IllegalStateException(type + " has no schema"));
  }

  /**
   * @param name a CloudEvents type, for its newest version, or a type with a minor version
   */
  public static Optional<Released> find(String name) {
    return RELEASED.stream()
        .filter(each -> each.name().equals(name) || each.type().wireName().equals(name))
        .reduce((earlier, later) -> later);
  }

  private static List<Released> readReleased() {
    var found = new ArrayList<Released>();
    var text = new InputStreamReader(open(SUMS), StandardCharsets.UTF_8);
    try (var lines = new BufferedReader(text)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        found.add(released(line.substring(line.lastIndexOf(' ') + 1)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    found.sort(Comparator.comparing(Released::type).thenComparing(Released::minor));
    return List.copyOf(found);
  }

  private static Released released(String file) {
    String name = file.substring(0, file.length() - SUFFIX.length());
    int dot = name.lastIndexOf('.');
    for (EventType type : EventType.values()) {
      if (type.wireName().equals(name.substring(0, dot))) {
        return new Released(type, Integer.parseInt(name.substring(dot + 1)));
      }
    }
    throw new IllegalStateException(file + " is of no event type");
  }

  private static byte[] bytes(String file) {
    try (InputStream in = open(file)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InputStream open(String file) {
    return Objects.requireNonNull(
        EventSchemas.class.getResourceAsStream(FOLDER + file), () -> file + " is missing");
  }
}
