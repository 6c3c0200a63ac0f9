package org.firstpass.pull;

/** Why something is fetched; what comes first is served first. */
public enum PullCause {
  /** Somebody asked for it. */
  ASKED,
  /** It is an earlier study of a patient of whom something arrived. */
  PRIOR,
  /** A part of an archive is fetched as a whole. */
  BACKFILL
}
