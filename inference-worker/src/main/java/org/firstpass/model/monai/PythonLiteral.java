package org.firstpass.model.monai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Values as Python writes them: numbers, texts, True, False, None, and lists and tuples of them.
 */
final class PythonLiteral {
  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /** Nothing but literals: no name, no call, no operator. */
  private static final Pattern LITERALS =
      Pattern.compile(
          "(?:[\\s,\\[\\]()]|True|False|None|'[^'\"\\\\]*'|\"[^'\"\\\\]*\""
              + "|[-+]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][-+]?\\d+)?(?![\\w.]))+");

  private PythonLiteral() {}

  /** The value; empty for anything that would have to be run. */
  static Optional<JsonNode> parse(String expression) {
    String text = expression.strip();
    if (text.isEmpty() || !LITERALS.matcher(text).matches()) {
      return Optional.empty();
    }
    String json =
        text.replace('(', '[')
            .replace(')', ']')
            .replace('\'', '"')
            .replaceAll("\\bTrue\\b", "true")
            .replaceAll("\\bFalse\\b", "false")
            .replaceAll("\\bNone\\b", "null")
            .replaceAll(",\\s*\\]", "]")
            .replaceAll("(?<![\\w.])\\+(?=[\\d.])", "")
            .replaceAll("(?<![\\w.])(-?)\\.(?=\\d)", "$10.")
            .replaceAll("(\\d)\\.(?!\\d)", "$1.0");
    try {
      return Optional.of(MAPPER.readTree(json));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }
}
