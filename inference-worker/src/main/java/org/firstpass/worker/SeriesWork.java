package org.firstpass.worker;

import org.firstpass.event.SeriesArrived;

/**
 * What is done with arrivals: each with the packages as they are when it begins. Safe for use by
 * many threads.
 */
final class SeriesWork {
  private final PackageShelf shelf;
  private final ArrivalRun.Tools tools;

  SeriesWork(PackageShelf shelf, ArrivalRun.Tools tools) {
    this.shelf = shelf;
    this.tools = tools;
  }

  /**
   * Makes and tells the proposals of an arrival, and says how the series ended.
   *
   * @throws org.firstpass.failure.StudyRefused if its headers tell nothing
   * @throws org.firstpass.failure.Defect if a package or this process failed
   */
  ArrivalEnd work(SeriesArrived event, Telling telling) {
    try (PackageUse packages = shelf.use()) {
      return new ArrivalRun(event, tools, packages, telling).toEnd();
    }
  }
}
