package org.firstpass.drift;

import java.util.List;
import java.util.UUID;

/** Where alarms are kept. Safe to use from many threads and processes. */
public interface DriftLedger {

  /** The latest alarms, those that nobody acknowledged first. */
  List<DriftAlarm> alarms(int limit);

  /**
   * Takes note of an alarm. The group is watched anew from then on; what is usual by now is what it
   * is compared with.
   *
   * @return false if there is no such alarm, or somebody took note of it before
   */
  boolean acknowledge(UUID alarm, String by, String note);
}
