package org.firstpass.stream;

/** Where a record lies in its topic. */
public record LogPosition(int partition, long offset) {}
