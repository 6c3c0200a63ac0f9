package org.firstpass.bench;

/** Something measured beside its peers. */
interface Benchmark {
  /**
   * Measures and answers the section's Markdown without its heading.
   *
   * @throws NotHere if this machine lacks what it takes
   */
  String run(Arguments arguments, Scratch scratch) throws Exception;
}
