package org.firstpass.dicom;

import org.firstpass.study.InstanceReference;
import org.firstpass.study.SopClassUid;
import org.firstpass.study.SopInstanceUid;

/** An instance that a message speaks of: Referenced SOP Class UID and Instance UID. */
public record ReferencedInstance(SopClassUid sopClass, SopInstanceUid instance) {
  public static ReferencedInstance of(InstanceReference stored) {
    return new ReferencedInstance(stored.sopClass(), stored.instance());
  }
}
