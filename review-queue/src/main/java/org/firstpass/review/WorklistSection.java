package org.firstpass.review;

/** A part of the worklist with one order: what is next, who has what, and what has ended. */
public enum WorklistSection {
  /** Waiting or returned, in the order in which they are claimed. */
  NEXT,
  /** Claimed, the lease that ends first is first. */
  READING,
  /** Submitted or accepted, the latest first. */
  DECIDED,
  /** Discontinued, the latest first. */
  DISCONTINUED,
  /** Whatever the state, what changed last is first. */
  ALL
}
