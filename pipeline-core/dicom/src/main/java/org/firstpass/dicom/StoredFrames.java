package org.firstpass.dicom;

/** The frames of a segmentation as they are stored. Safe to share between threads. */
interface StoredFrames {

  /**
   * Calls the sink with every run of marked pixels of a frame, from its first pixel to its last.
   */
  void forEachRun(int frame, RunSink sink);

  /** Takes pixels that follow each other (row times columns plus column) and have one value. */
  @FunctionalInterface
  interface RunSink {
    /**
     * Takes one run.
     *
     * @param from its first pixel
     * @param to the pixel after its last
     * @param value the Segment Number in a label map, 1 elsewhere
     */
    void accept(int from, int to, int value);
  }
}
