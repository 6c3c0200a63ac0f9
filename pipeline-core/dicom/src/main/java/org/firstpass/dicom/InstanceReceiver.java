package org.firstpass.dicom;

/**
 * Who takes instances that arrive, from an association or from a folder.
 *
 * <p>Returning means that the instance is safe: only then is the sender told so. Called from many
 * threads at the same time.
 */
@FunctionalInterface
public interface InstanceReceiver {
  /**
   * Takes one instance; the stream is read within this call and closed by the caller.
   *
   * @throws org.firstpass.failure.StudyRefused if it is not wanted, now or ever
   * @throws org.firstpass.failure.TryAgainLater if it may be sent again later
   */
  void receive(IncomingInstance instance);
}
