package org.firstpass.segment;

/**
 * A concept by its code: (10200004, SCT, "Liver").
 *
 * @see "PS3.3 section 8.8"
 */
public record CodedConcept(String value, String scheme, String meaning) {
  public CodedConcept {
    requireText("code value", value, 16);
    requireText("coding scheme designator", scheme, 16);
    requireText("code meaning", meaning, 64);
  }

  /** Whether both have the same code of the same scheme, however it is worded. */
  public boolean isSameAs(CodedConcept other) {
    return value.equals(other.value) && scheme.equals(other.scheme);
  }

  private static void requireText(String name, String text, int maxLength) {
    if (text.isBlank() || text.length() > maxLength) {
      throw new IllegalArgumentException(
          "a " + name + " has 1 to " + maxLength + " characters, but is '" + text + "'");
    }
  }
}
