package org.firstpass.foreign;

/** Reads foreign objects from the store. */
@FunctionalInterface
public interface DrawingReader {

  /**
   * What an object draws.
   *
   * @throws org.firstpass.failure.StudyRefused if it cannot be read, with the reason
   * @throws org.firstpass.failure.TryAgainLater if the store does not answer
   */
  Drawing read(ForeignObject object);
}
