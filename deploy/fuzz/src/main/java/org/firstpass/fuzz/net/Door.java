package org.firstpass.fuzz.net;

import org.jspecify.annotations.Nullable;

/** An SCP of this process, and what it has taken. */
interface Door {
  int port();

  int openAssociations();

  int openConnections();

  int instancesUnderWay();

  /** The file of an instance that was taken, which is forgotten then; null: it was not. */
  byte @Nullable [] taken(String instance);
}
