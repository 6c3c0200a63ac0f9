package org.firstpass.foreign;

import java.util.Map;
import java.util.Optional;
import org.firstpass.study.Sender;

/**
 * Which reader stands behind a sender: by the AE title that a reading workstation calls with, or by
 * who logged in and posted it.
 *
 * @param users by AE title
 */
public record Senders(Map<String, String> users) {
  public Senders {
    users = Map.copyOf(users);
  }

  Optional<String> userOf(Sender sender) {
    return sender.reader().or(() -> sender.aeTitle().map(users::get));
  }
}
