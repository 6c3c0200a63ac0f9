package org.firstpass.ups;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.firstpass.dicom.PatientStudy;
import org.firstpass.dicom.dataset.DataSet;
import org.firstpass.event.ProposalMade;
import org.firstpass.review.Fence;
import org.firstpass.review.ProposalFixture;
import org.firstpass.review.ReviewCase;
import org.firstpass.review.ReviewQueue.TaskRow;
import org.firstpass.review.ReviewTask;
import org.firstpass.review.TaskAnswer;
import org.firstpass.review.UncertaintyFirst;
import org.firstpass.study.InstanceReference;
import org.firstpass.study.SeriesInstanceUid;
import org.junit.jupiter.api.Test;

/** How far a search looks in a worklist that has no end. */
final class WorklistSearchTest {
  private static final Clock CLOCK = Clock.fixed(ProposalFixture.TIME, ZoneOffset.UTC);
  private static final Worklist.Viewer VIEWER = new Worklist.Viewer("", true);

  private final EndlessLedger ledger = new EndlessLedger();
  private final Worklist worklist = new Worklist(ledger, new OneStudy(), CLOCK);

  @Test
  void whatIsNotLookedAtIsToldOf() {
    Worklist.Found found = search("ProcedureStepLabel", "nothing like it");
    assertTrue(found.workitems().isEmpty());
    assertTrue(found.cut());
    assertEquals(Worklist.MOST_LOOKED_AT, ledger.listed);
  }

  @Test
  void whoFindsEnoughDoesNotLookAtTheRest() {
    Worklist.Found found = search("ProcedureStepLabel", "Review*");
    assertEquals(500, found.workitems().size());
    assertTrue(found.more());
    assertFalse(found.cut());
  }

  @Test
  void whatTheDatabaseCanTellIsNeverCut() {
    assertFalse(search("ProcedureStepState", "SCHEDULED").cut());
  }

  @Test
  void ofAPatientOnlyItsStudiesAreLookedAt() {
    search("PatientID", "known");
    assertEquals(List.of("1.2.3"), ledger.scope.orElseThrow().studies());
    ledger.scope = Optional.empty();
    Worklist.Found nobody = search("PatientID", "unknown");
    assertTrue(nobody.workitems().isEmpty());
    assertTrue(ledger.scope.isEmpty(), "no study is not any study");
  }

  private Worklist.Found search(String name, String value) {
    return worklist.search(WorkitemQuery.of(Map.of(name, List.of(value))), VIEWER);
  }

  /** One study, of one patient. */
  private static final class OneStudy implements SourceHeaders {
    @Override
    public Optional<PatientStudy> patient(ProposalMade proposal) {
      return Optional.empty();
    }

    @Override
    public List<String> studies(Map<String, List<String>> keys) {
      return keys.equals(Map.of("00100020", List.of("known"))) ? List.of("1.2.3") : List.of();
    }

    @Override
    public List<InstanceReference> instances(ProposalMade proposal) {
      return List.of();
    }
  }

  /** The same workitem again and again. */
  private static final class EndlessLedger implements WorkitemLedger {
    private int listed;
    private Optional<Scope> scope = Optional.empty();

    @Override
    public List<Workitem> list(Scope asked, int limit, int offset) {
      scope = Optional.of(asked);
      listed += limit;
      return Collections.nCopies(limit, workitem());
    }

    private static Workitem workitem() {
      ProposalMade proposal = ProposalFixture.proposal(1);
      var strategy = new UncertaintyFirst();
      var subject =
          new ReviewCase(
              new UUID(0, 1),
              proposal,
              strategy.score(proposal, ProposalFixture.TIME, ProposalFixture.TIME),
              ProposalFixture.TIME);
      return new Workitem(
          "1.2.3.4",
          new TaskRow(new ReviewTask.Waiting(subject), subject.score(), Optional.empty()),
          new DataSet(),
          Optional.empty(),
          ProposalFixture.TIME,
          false);
    }

    @Override
    public Optional<Workitem> find(String uid) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Workitem> find(UUID task) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Optional<ProposalMade> newestProposal(SeriesInstanceUid series) {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean create(NewWorkitem workitem) {
      throw new UnsupportedOperationException();
    }

    @Override
    public TaskAnswer update(UUID task, Optional<Fence> fence, DataSet changes) {
      throw new UnsupportedOperationException();
    }

    @Override
    public CancelOutcome requestCancel(UUID task, CancelRequest request) {
      throw new UnsupportedOperationException();
    }
  }
}
