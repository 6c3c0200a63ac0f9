package org.firstpass.dicom;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntConsumer;
import org.firstpass.failure.FirstpassFailure;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.TryAgainLater;

/** Files that wait to be sent, and what became of the others. Safe for use by several threads. */
final class SendQueue {
  /** A file that was under way when an association broke twice is left. */
  private static final int MAX_ATTEMPTS = 2;

  private final List<Path> files;
  private final IntConsumer progress;
  private final Deque<OutgoingFile> waiting = new ArrayDeque<>();
  private final Set<OutgoingFile.Syntax> syntaxes = new LinkedHashSet<>();
  private final Map<Path, Integer> attempts = new HashMap<>();
  private final List<SendReport.Failure> failures = new ArrayList<>();
  private int stored;

  SendQueue(List<Path> files, IntConsumer progress) {
    this.files = List.copyOf(files);
    this.progress = progress;
    for (Path file : files) {
      try {
        OutgoingFile outgoing = OutgoingFile.of(file);
        waiting.add(outgoing);
        syntaxes.add(outgoing.syntax());
      } catch (FirstpassFailure e) {
        fail(file, e.code(), 0, e.getMessage() == null ? e.code().advice() : e.getMessage());
      }
    }
  }

  synchronized int size() {
    return waiting.size();
  }

  /** What has to be negotiated for all of them. */
  synchronized List<OutgoingFile.Syntax> syntaxes() {
    return List.copyOf(syntaxes);
  }

  synchronized Optional<OutgoingFile> take() {
    return Optional.ofNullable(waiting.poll());
  }

  /** Puts a file back whose association broke; false if that happened too often. */
  synchronized boolean putBack(OutgoingFile file) {
    if (attempts.merge(file.path(), 1, Integer::sum) >= MAX_ATTEMPTS) {
      return false;
    }
    waiting.addFirst(file);
    return true;
  }

  synchronized void stored() {
    stored++;
    progress.accept(stored + failures.size());
  }

  synchronized void fail(Path file, ReasonCode code, int status, String reason) {
    failures.add(new SendReport.Failure(file, code, status, reason));
    progress.accept(stored + failures.size());
  }

  /** Gives up what still waits; if nothing at all was sent, that is an outage of the peer. */
  synchronized void giveUp(TryAgainLater refused) {
    if (!waiting.isEmpty() && stored == 0 && attempts.isEmpty()) {
      throw refused;
    }
    Optional<OutgoingFile> next = take();
    while (next.isPresent()) {
      fail(next.get().path(), refused.code(), 0, "the peer does not accept another association");
      next = take();
    }
  }

  synchronized SendReport report() {
    var ordered = new ArrayList<>(failures);
    ordered.sort(Comparator.comparingInt(failure -> files.indexOf(failure.file())));
    return new SendReport(stored, ordered);
  }
}
