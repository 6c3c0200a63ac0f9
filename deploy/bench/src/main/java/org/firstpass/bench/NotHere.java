package org.firstpass.bench;

/** This machine lacks what a benchmark takes. */
final class NotHere extends Exception {
  private static final long serialVersionUID = 1;

  NotHere(String what) {
    super(what);
  }
}
