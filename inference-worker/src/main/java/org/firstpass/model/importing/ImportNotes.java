package org.firstpass.model.importing;

import java.util.ArrayList;
import java.util.List;

/**
 * What an importer decided and why, and what a person has to check. Not safe for use by several
 * threads.
 */
public final class ImportNotes {
  private final List<String> decisions = new ArrayList<>();
  private final List<String> checks = new ArrayList<>();

  /** Keeps a decision with its reason. */
  public void decided(String what, String why) {
    decisions.add(what + ": " + why);
  }

  /** Keeps something that only a person can see to. */
  public void check(String what) {
    if (!checks.contains(what)) {
      checks.add(what);
    }
  }

  /** In the order in which they were made. */
  public List<String> decisions() {
    return List.copyOf(decisions);
  }

  /** In the order in which they came up, each once. */
  public List<String> checks() {
    return List.copyOf(checks);
  }
}
