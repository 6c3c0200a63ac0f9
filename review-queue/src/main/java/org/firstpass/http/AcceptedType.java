package org.firstpass.http;

import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One media range that a client accepts.
 *
 * @param type lower case, such as {@code multipart/related}
 * @param parameters by lower-case name, without quotes
 * @see "RFC 9110 section 12.5.1, PS3.18 section 8.7"
 */
public record AcceptedType(String type, Map<String, String> parameters) {
  private static final int LONGEST_HEADER = 8192;
  public static final String MULTIPART = "multipart/related";
  public static final String ANY = "*/*";

  public AcceptedType {
    parameters = Map.copyOf(parameters);
  }

  /**
   * What a request accepts, what it prefers first; the parameter {@code accept} counts instead of
   * the header, and without either everything is accepted.
   */
  public static List<AcceptedType> of(Context context) {
    String query = context.queryParam("accept");
    String header = query != null ? query : context.header("Accept");
    if (header == null || header.isBlank()) {
      return List.of(new AcceptedType(ANY, Map.of()));
    }
    return parse(header.length() > LONGEST_HEADER ? header.substring(0, LONGEST_HEADER) : header);
  }

  public static List<AcceptedType> parse(String header) {
    List<AcceptedType> types = new ArrayList<>();
    for (String range : split(header, ',')) {
      List<String> parts = split(range, ';');
      Map<String, String> parameters = new TreeMap<>();
      for (String part : parts.subList(1, parts.size())) {
        int equals = part.indexOf('=');
        if (equals > 0) {
          parameters.put(
              part.substring(0, equals).strip().toLowerCase(Locale.ROOT),
              unquoted(part.substring(equals + 1).strip()));
        }
      }
      String type = parts.get(0).strip().toLowerCase(Locale.ROOT);
      if (!type.isEmpty()) {
        types.add(new AcceptedType(type, parameters));
      }
    }
    types.removeIf(type -> type.quality() <= 0);
    types.sort(Comparator.comparingDouble(AcceptedType::quality).reversed());
    return types;
  }

  /** The type of each part of a multipart answer; of others the type itself. */
  public String partType() {
    return type.equals(MULTIPART)
        ? parameters.getOrDefault("type", ANY).toLowerCase(Locale.ROOT)
        : type;
  }

  public boolean multipart() {
    return type.equals(MULTIPART) || type.equals("multipart/*") || type.equals(ANY);
  }

  public Optional<String> transferSyntax() {
    return Optional.ofNullable(parameters.get("transfer-syntax"));
  }

  /** Whether parts of a type are accepted. */
  public boolean accepts(String mediaType) {
    String part = partType();
    return part.equals(ANY)
        || part.equals("multipart/*")
        || part.equals(mediaType)
        || part.endsWith("/*") && mediaType.startsWith(part.substring(0, part.length() - 1));
  }

  private double quality() {
    try {
      return Double.parseDouble(parameters.getOrDefault("q", "1"));
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  private static String unquoted(String value) {
    return value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"")
        ? value.substring(1, value.length() - 1)
        : value;
  }

  private static List<String> split(String text, char separator) {
    List<String> parts = new ArrayList<>();
    boolean quoted = false;
    int begin = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (c == separator && !quoted) {
        parts.add(text.substring(begin, i));
        begin = i + 1;
      }
    }
    parts.add(text.substring(begin));
    return parts;
  }
}
