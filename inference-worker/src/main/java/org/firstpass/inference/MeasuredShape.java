package org.firstpass.inference;

/**
 * The shape in which a package's windows run fastest on a machine.
 *
 * @param cores that could be used
 * @param windowsPerSecond in this shape
 * @param bytesPerCaller native memory that one more caller takes; 0 if the platform does not tell
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
    if (nativeMemoryBytes == 0 || bytesPerCaller == 0) {
      return shape;
    }
    long room = Math.max(1, nativeMemoryBytes / bytesPerCaller);
    if (room >= shape.callers()) {
      return shape;
    }
    // The cores that lose their caller help the others.
    int callers = (int) room;
    int threads = Math.max(1, shape.callers() * shape.threads() / callers);
    return new ExecutionShape(callers, threads, shape.batch());
  }
}
