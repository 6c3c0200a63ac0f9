package org.firstpass.delivery;

import org.firstpass.dicom.CommitmentInbox;

/**
 * What the room needs to know.
 *
 * @param commitments where the gateway puts answers to storage commitment requests that come on
 *     associations of their own
 * @param projects which project a series was sent for
 */
public record DeliveryConfig(
    Destinations destinations, CommitmentInbox commitments, Projects projects) {}
