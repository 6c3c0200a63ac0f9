package org.firstpass.study;

import java.util.Optional;

/**
 * Who sent an instance: an AE title, a reader who logged in and posted it, or nobody that is known.
 *
 * @param text how it is stored and shown; empty if nobody is known
 */
public record Sender(String text) {
  public static final Sender UNKNOWN = new Sender("");

  /** As long as the longest AE title, so that no association can call itself a reader. */
  private static final String LOGGED_IN = "dicom-web user: ";

  public static Sender ofAeTitle(String title) {
    if (title.length() > LOGGED_IN.length()) {
      throw new IllegalArgumentException("an AE title has 16 characters at most: " + title);
    }
    return new Sender(title);
  }

  public static Sender ofReader(String subject) {
    if (subject.isBlank()) {
      throw new IllegalArgumentException("a reader has a name");
    }
    return new Sender(LOGGED_IN + subject);
  }

  /** The calling AE title, if it came by an association. */
  public Optional<String> aeTitle() {
    return text.isBlank() || reader().isPresent() ? Optional.empty() : Optional.of(text);
  }

  /** The reader who posted it. */
  public Optional<String> reader() {
    return text.startsWith(LOGGED_IN) && text.length() > LOGGED_IN.length()
        ? Optional.of(text.substring(LOGGED_IN.length()))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return text;
  }
}
