package org.firstpass.pull;

/** How an archive is asked to send over DIMSE. */
public enum Retrieval {
  /** It opens an association to the gateway, whose AE title and address it has to know. */
  MOVE,
  /** It sends on our association. */
  GET
}
