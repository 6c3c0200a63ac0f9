package org.firstpass.foreign;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which reader stands behind a sender: by the AE title that a reading workstation calls with, or by
 * who logged in and posted it.
 *
 * @param users by AE title
 */
public record Senders(Map<String, String> users) {
  /** As long as the longest AE title, so that no association can call itself a user. */
  private static final String LOGGED_IN = "dicom-web user: ";

  public Senders {
    users = Map.copyOf(users);
  }

  /** The sender of what a user posts; takes the place of a calling AE title. */
  public static String ofUser(String user) {
    return LOGGED_IN + user;
  }

  Optional<String> userOf(@Nullable String sender) {
    if (sender == null) {
      return Optional.empty();
    }
    return sender.startsWith(LOGGED_IN) && sender.length() > LOGGED_IN.length()
        ? Optional.of(sender.substring(LOGGED_IN.length()))
        : Optional.ofNullable(users.get(sender));
  }
}
