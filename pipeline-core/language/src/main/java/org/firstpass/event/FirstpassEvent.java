package org.firstpass.event;

import java.time.Instant;
import java.util.UUID;

/** A fact on the wire. Handlers are idempotent by {@link #id()}. */
public sealed interface FirstpassEvent permits SeriesEvent, ModelStateChanged {

  /** The identity of the fact: told twice, it has the same id. */
  UUID id();

  Instant time();

  /** The record key: facts of one key keep their order. */
  String key();

  EventType type();
}
