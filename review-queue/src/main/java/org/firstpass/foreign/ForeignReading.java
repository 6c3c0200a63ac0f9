package org.firstpass.foreign;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.firstpass.correction.CaseArchive;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.firstpass.review.ReviewQueue;
import org.firstpass.study.Sender;
import org.firstpass.study.SeriesInstanceUid;

/** Reads an object and examines it with the tasks as they are now. Safe for many threads. */
public final class ForeignReading {
  private final DrawingReader reader;
  private final ForeignLedger ledger;
  private final ReviewQueue queue;
  private final ForeignExaminer examiner;
  private final Senders senders;
  private final long maxBytes;

  /**
   * @param maxBytes larger objects are refused: one is read into memory as a whole
   */
  public ForeignReading(
      DrawingReader reader,
      ForeignLedger ledger,
      ReviewQueue queue,
      CaseArchive archive,
      Senders senders,
      long maxBytes) {
    this.reader = reader;
    this.ledger = ledger;
    this.queue = queue;
    this.examiner = new ForeignExaminer(archive);
    this.senders = senders;
    this.maxBytes = maxBytes;
  }

  Optional<String> userOf(ForeignObject object) {
    return Optional.ofNullable(object.sender()).map(Sender::new).flatMap(senders::userOf);
  }

  /**
   * @param intended the task for which a submission is under way
   */
  Verdicted look(ForeignObject object, PersonsWord word, Optional<UUID> intended) {
    if (object.content().size() > maxBytes) {
      throw new StudyRefused(
          ReasonCode.TOO_LARGE,
          "expected an object of at most " + maxBytes + " bytes, found " + object.content().size());
    }
    Drawing drawing = reader.read(object);
    ledger.refersTo(object.id(), List.copyOf(drawing.series()));
    return examiner.examine(object, drawing, candidates(drawing), word, userOf(object), intended);
  }

  private List<Candidate> candidates(Drawing drawing) {
    Set<UUID> ids = new LinkedHashSet<>();
    for (SeriesInstanceUid series : drawing.series()) {
      ids.addAll(ledger.tasksOf(series));
    }
    List<Candidate> candidates = new ArrayList<>();
    for (UUID id : ids) {
      queue
          .find(id)
          .ifPresent(row -> candidates.add(Candidate.of(row.task(), ledger.correctionsOf(id))));
    }
    return candidates;
  }
}
