package org.firstpass.dataset.split;

/** Why two patient keys are held to be one person. */
public enum LinkReason {
  /** Somebody said so. */
  MERGED,
  /** The same image, or nearly the same, lies under both. */
  SAME_IMAGE,
  /** Another ledger said so. */
  ADOPTED
}
