package org.firstpass.dicomweb;

import org.firstpass.study.Sha256;

/** Where an instance of the index lies, and in which transfer syntax. */
record StoredInstance(
    String study,
    String series,
    String instance,
    Sha256 content,
    long size,
    String transferSyntax) {

  /** Its address below the root of the server. */
  String path() {
    return "/studies/" + study + "/series/" + series + "/instances/" + instance;
  }
}
