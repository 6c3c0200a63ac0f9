package org.firstpass.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.firstpass.event.ProposalMade;
import org.firstpass.event.SeriesArrived;
import org.firstpass.event.SeriesInput;
import org.firstpass.review.Priors.Prior;
import org.firstpass.review.ProposalFixture;
import org.firstpass.review.ReviewCase;
import org.firstpass.review.ReviewState;
import org.firstpass.study.PatientKey;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class PriorRowsTest {
  private static QueueFixture fixture;
  private static PriorRows priors;

  @BeforeAll
  static void open() {
    fixture = new QueueFixture();
    priors = new PriorRows(fixture.database);
  }

  @AfterAll
  static void close() {
    fixture.close();
  }

  @BeforeEach
  void clear() {
    fixture.clear();
  }

  @Test
  void theOtherSeriesOfThePatientArePriorsWithWhatWasReadOfThem() {
    UUID task = propose(1, "pk-a");
    UUID read = propose(2, "pk-a");
    propose(3, "pk-b");
    arrive(4, 1, "pk-a", "MR");
    List<Prior> found = priors.of(task, 10);
    assertEquals(List.of("1.2.3.4.2", "1.2.3.4.4"), found.stream().map(Prior::series).toList());
    assertEquals(read, found.get(0).tasks().get(0).id());
    assertEquals(ReviewState.WAITING, found.get(0).tasks().get(0).state());
    assertEquals(Optional.of("MR"), found.get(1).modality());
    assertEquals(List.of(), found.get(1).tasks());
  }

  @Test
  void aSeriesThatGrewIsOnePriorAndADrawingIsNone() {
    UUID task = propose(1, "pk-a");
    arrive(2, 1, "pk-a", "CT");
    arrive(2, 2, "pk-a", "CT");
    arrive(5, 1, "pk-a", "SEG");
    arrive(6, 1, "pk-a", "RTSTRUCT");
    assertEquals(List.of("1.2.3.4.2"), priors.of(task, 10).stream().map(Prior::series).toList());
    assertEquals(List.of(), priors.of(new UUID(0, 9), 10));
  }

  private static UUID propose(int number, String patient) {
    ProposalMade made = ProposalFixture.proposal(number);
    var proposal =
        new ProposalMade(
            made.id(),
            made.time(),
            of(made.input(), patient),
            made.modelPackage(),
            made.schema(),
            made.segmentation(),
            made.labels(),
            made.scores(),
            made.inferenceMillis());
    fixture.intake.accept(proposal);
    return ReviewCase.taskOf(proposal.id());
  }

  private static void arrive(int number, int revision, String patient, String modality) {
    fixture.intake.accept(
        new SeriesArrived(
            new UUID(number, revision),
            ProposalFixture.TIME,
            of(ProposalFixture.input(number, revision), patient),
            modality,
            12));
  }

  private static SeriesInput of(SeriesInput input, String patient) {
    return new SeriesInput(
        input.reference(),
        input.revision(),
        input.revisionHash(),
        input.manifest(),
        new PatientKey(patient));
  }
}
