package org.firstpass.dicom;

import org.jspecify.annotations.Nullable;

/**
 * What an SCP serves.
 *
 * @param instances who takes instances
 * @param commitments who takes storage commitment requests; null: none are taken
 * @param answers where answers to our own requests go
 * @param announcements who takes performed procedure steps and availability notifications; null:
 *     none are taken
 */
public record ScpServices(
    InstanceReceiver instances,
    @Nullable CommitmentReceiver commitments,
    CommitmentInbox answers,
    @Nullable AnnouncementReceiver announcements) {

  /** Storage only. */
  public static ScpServices storing(InstanceReceiver instances) {
    return new ScpServices(instances, null, new CommitmentInbox(), null);
  }
}
