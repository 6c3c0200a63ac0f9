package org.firstpass.dicom;

/** Who counts what an SCP turns away. Called from many threads at the same time. */
public interface ScpWatch {
  /** An association was rejected. */
  void rejected(AssociationRejection reason);

  /** An instance was refused, because too many were under way. */
  void busy();

  /** Counts nothing. */
  ScpWatch NONE =
      new ScpWatch() {
        @Override
        public void rejected(AssociationRejection reason) {
          // Nobody counts.
        }

        @Override
        public void busy() {
          // Nobody counts.
        }
      };
}
