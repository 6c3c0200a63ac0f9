package org.firstpass.dicom.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The findings of one object, so many that they can be read. Not safe for several threads. */
final class Findings {
  /** An object with more is wrong as a whole, and a frame that is wrong is one of thousands. */
  private static final int MOST = 200;

  private final List<ObjectFinding> findings = new ArrayList<>();

  void add(String rule, String path, String expected, String found) {
    if (findings.size() < MOST) {
      findings.add(new ObjectFinding(rule, path, expected, found));
    }
  }

  /** Whether a rule of these was broken. */
  boolean has(Set<String> rules) {
    return findings.stream().anyMatch(finding -> rules.contains(finding.rule()));
  }

  List<ObjectFinding> list() {
    return List.copyOf(findings);
  }
}
