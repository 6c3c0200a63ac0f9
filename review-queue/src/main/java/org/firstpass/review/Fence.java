package org.firstpass.review;

/**
 * What a writer shows: who it is and which claim it writes for.
 *
 * @param reader the subject
 */
public record Fence(String reader, TransactionUid transaction) {

  /** Whether the lease is the one that this writer got, expired or not. */
  public boolean opens(Lease lease) {
    return lease.transaction().equals(transaction) && lease.holder().equals(reader);
  }
}
