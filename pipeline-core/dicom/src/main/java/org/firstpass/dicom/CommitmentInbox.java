package org.firstpass.dicom;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Answers to our own storage commitment requests, whichever association brings them. Safe for use
 * by many threads.
 */
public final class CommitmentInbox {
  private final Map<String, CompletableFuture<CommitmentReport>> waiting =
      new ConcurrentHashMap<>();

  CompletableFuture<CommitmentReport> expect(String transaction) {
    var answer = new CompletableFuture<CommitmentReport>();
    if (waiting.putIfAbsent(transaction, answer) != null) {
      throw new IllegalArgumentException("transaction " + transaction + " is already under way");
    }
    return answer;
  }

  void forget(String transaction) {
    waiting.remove(transaction);
  }

  boolean expects(String transaction) {
    return waiting.containsKey(transaction);
  }

  /** Hands it to whoever waits for it; the first report of a transaction counts. */
  void deliver(CommitmentReport report) {
    CompletableFuture<CommitmentReport> answer = waiting.get(report.transaction());
    if (answer != null) {
      answer.complete(report);
    }
  }
}
