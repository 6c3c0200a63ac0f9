package org.firstpass.foreign;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.firstpass.correction.CaseArchive;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.firstpass.review.ReviewQueue;
import org.firstpass.segment.Segment;
import org.firstpass.segment.Verdict;
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
    Drawing drawing = readBounded(object);
    ledger.refersTo(object.id(), List.copyOf(drawing.series()));
    return examiner.examine(object, drawing, candidates(drawing), word, userOf(object), intended);
  }

  private Drawing readBounded(ForeignObject object) {
    if (object.content().size() > maxBytes) {
      throw new StudyRefused(
          ReasonCode.TOO_LARGE,
          "expected an object of at most " + maxBytes + " bytes, found " + object.content().size());
    }
    return reader.read(object);
  }

  /**
   * What an object says of a task whose performer names it as the outcome: what was proposed and is
   * not in it is rejected.
   *
   * @throws StudyRefused if it cannot be used for the task
   */
  Verdicted lookAsOutcome(ForeignObject object, UUID task) {
    Map<Integer, Verdict> gone =
        queue.find(task).orElseThrow().task().subject().proposal().schema().segments().stream()
            .collect(Collectors.toMap(Segment::number, segment -> Verdict.REJECT));
    Drawing drawing = readBounded(object);
    List<Candidate> candidates = candidates(drawing);
    if (candidates.stream().noneMatch(candidate -> candidate.task().id().equals(task))) {
      throw new StudyRefused(
          ReasonCode.FOREIGN_UNKNOWN_SERIES,
          "expected an object on the series of task " + task + ", found " + drawing.series());
    }
    var word = new PersonsWord(task, Map.of(), List.of(), gone);
    return examiner.examine(object, drawing, candidates, word, Optional.empty(), Optional.of(task));
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
