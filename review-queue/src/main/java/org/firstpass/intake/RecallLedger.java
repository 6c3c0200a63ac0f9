package org.firstpass.intake;

import java.time.Instant;
import java.util.List;
import org.firstpass.study.SeriesInstanceUid;

/** The tasks of model versions that are called back. */
public interface RecallLedger {

  /**
   * Discontinues the tasks of a version that wait and in which nobody has drawn anything. What a
   * reader holds, has begun or has decided stays as it is. Doing so again changes nothing more.
   *
   * @param recalled what was proposed later stays
   * @return how many it took away
   */
  int withdraw(String name, String version, Instant recalled);

  /**
   * The series of which a task was taken away and for which the package, in whatever version, has
   * no task that counts.
   */
  List<SeriesInstanceUid> withdrawn(String name, String version);
}
