package org.firstpass.inference;

/**
 * The shape in which a package's windows run fastest on a machine.
 *
 * @param cores that could be used
 * @param windowsPerSecond in this shape
 * @param bytesPerCaller native memory that one more caller takes with a batch of one; 0 if the
 *     platform does not tell
 */
record MeasuredShape(
    int cores, ExecutionShape shape, double windowsPerSecond, long bytesPerCaller) {
  MeasuredShape {
    if (cores < 1 || !(windowsPerSecond > 0) || bytesPerCaller < 0) {
      throw new IllegalArgumentException(
          "a measured shape needs cores, a rate above zero and bytes from zero on, but has "
              + cores
              + ", "
              + windowsPerSecond
              + ", "
              + bytesPerCaller);
    }
  }

  /** The same with as many callers as native memory has room for; one at least. */
  ExecutionShape within(long nativeMemoryBytes) {
    return shape.within(nativeMemoryBytes, bytesPerCaller);
  }
}
