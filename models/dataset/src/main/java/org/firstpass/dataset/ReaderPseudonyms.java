package org.firstpass.dataset;

import org.firstpass.dataset.split.DatasetSecret;

/** The names under which readers appear in data sets: equal for equal readers, and nobody's. */
public final class ReaderPseudonyms {
  private static final String PREFIX = "reader_";
  private static final String PURPOSE = "reader";

  private final DatasetSecret secret;

  public ReaderPseudonyms(DatasetSecret secret) {
    this.secret = secret;
  }

  public String of(String reader) {
    return PREFIX + secret.pseudonym(PURPOSE, reader);
  }
}
