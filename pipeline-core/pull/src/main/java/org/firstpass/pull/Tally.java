package org.firstpass.pull;

import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.firstpass.failure.ReasonCode;

/** What became of the instances of one fetch. Not safe for use by several threads. */
final class Tally {
  private int present;
  private int arrived;
  private int missing;
  private final Map<ReasonCode, Integer> refused = new EnumMap<>(ReasonCode.class);

  void present(int count) {
    present += count;
  }

  void arrived(int count) {
    arrived += count;
  }

  void missing(int count) {
    missing += count;
  }

  void refused(ReasonCode reason) {
    refused.merge(reason, 1, Integer::sum);
  }

  int present() {
    return present;
  }

  int arrived() {
    return arrived;
  }

  int missing() {
    return missing;
  }

  int refused() {
    return refused.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** What was not taken and why, as {@code 3 x FP1015}; empty if all was. */
  String refusals() {
    return refused.entrySet().stream()
        .map(each -> each.getValue() + " x " + each.getKey().code())
        .collect(Collectors.joining(", "));
  }
}
