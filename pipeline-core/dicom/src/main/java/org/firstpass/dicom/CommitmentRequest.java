package org.firstpass.dicom;

import java.util.List;

/**
 * Somebody asks us to commit to instances.
 *
 * @param callingAeTitle who asks
 * @param calledAeTitle whom it asked
 * @param transaction Transaction UID (0008,1195)
 * @param instances at least one
 * @see "PS3.4 J.3.2"
 */
public record CommitmentRequest(
    String callingAeTitle,
    String calledAeTitle,
    String transaction,
    List<ReferencedInstance> instances) {
  public CommitmentRequest {
    instances = List.copyOf(instances);
  }
}
