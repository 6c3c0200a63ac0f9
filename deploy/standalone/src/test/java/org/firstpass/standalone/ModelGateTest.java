package org.firstpass.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.firstpass.event.ModelState;
import org.firstpass.event.ModelStateChanged;
import org.firstpass.event.ProposalMade;
import org.firstpass.failure.ReasonCode;
import org.firstpass.gate.DecisionJson;
import org.firstpass.gate.DecisionRecord;
import org.firstpass.gate.GateDecision;
import org.firstpass.geometry.GridSize;
import org.firstpass.geometry.Orientation;
import org.firstpass.geometry.Spacing;
import org.firstpass.phantom.Phantom;
import org.firstpass.phantom.PhantomSpec;
import org.firstpass.stream.EventReplay;
import org.firstpass.stream.Topics;
import org.firstpass.testing.Deadline;
import org.firstpass.volume.LabelMap;
import org.firstpass.volume.NiftiWriter;
import org.firstpass.volume.Volume;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A candidate has to earn its place, and its place is taken back by one command. */
@ExtendWith(ModelsInstallation.One.class)
class ModelGateTest {
  private static final String NAME = "earned";
  private static final int CASES = 22;

  /** What readers would have marked: everything that is no air. */
  private static final float TRUE_THRESHOLD = -300;

  /** Misses fat. */
  private static final float SERVED_THRESHOLD = -50;

  @TempDir Path folder;

  @Test
  void aWorseCandidateIsRefusedAGoodOneIsServedAndARollbackRestoresTheOldAnswers(
      ModelsInstallation on) throws IOException {
    Path cases = cases();
    SmallPackage served =
        on.bring(folder, NAME, "1.0.0", NAME, SmallNetwork.threshold(SERVED_THRESHOLD));
    Path against = evaluate(served, cases);
    ProposalMade before = on.propose(series("before"));
    assertEquals("1.0.0", before.modelPackage().version());
    on.decide("serve", NAME, "1.0.0");

    SmallPackage worse = candidate(on, "1.1.0", 60);
    CommandLineRun refused = promote(on, evaluate(worse, cases), against);
    assertEquals(1, refused.status(), refused::out);
    assertTrue(refused.out().contains("gate: not passed"), refused::out);
    assertTrue(refused.out().contains("Dice of segment 1: difference -"), refused::out);
    assertEquals("1.0.0", on.propose(series("refused")).modelPackage().version());

    SmallPackage better = candidate(on, "1.2.0", TRUE_THRESHOLD);
    CommandLineRun passed = promote(on, evaluate(better, cases), against);
    assertEquals(0, passed.status(), () -> passed.out() + passed.err());
    on.await(NAME, "1.2.0", "serving");
    ProposalMade promoted = on.propose(series("promoted"));
    assertEquals("1.2.0", promoted.modelPackage().version());
    assertNotEquals(before.labels().digest(), promoted.labels().digest());
    DecisionRecord record = decision(on);
    assertEquals("admin", record.signer().user());
    assertEquals(GateDecision.Kind.PASSED, record.decision().kind());

    CommandLineRun back = on.command("model", "rollback", NAME, "--by", "somebody");
    assertEquals(0, back.status(), () -> back.out() + back.err());
    on.await(NAME, "1.0.0", "serving");
    on.await(NAME, "1.2.0", "retired");
    ProposalMade after = on.propose(series("after"));
    assertEquals("1.0.0", after.modelPackage().version());
    assertEquals(before.labels().digest(), after.labels().digest());
  }

  @Test
  void whatARecalledVersionProposedIsTakenBackAndProposedAgainByTheOldOne(ModelsInstallation on)
      throws IOException {
    on.bring(folder, "recalled", "1.0.0", "recalled", SmallNetwork.threshold(-500));
    on.decide("serve", "recalled", "1.0.0");
    on.bring(
        SmallPackage.make(folder, "recalled", "1.1.0", "recalled", SmallNetwork.threshold(60)),
        "registered");
    on.decide("serve", "recalled", "1.1.0");
    on.await("recalled", "1.1.0", "serving");
    SmallSeries series = SmallSeries.write(folder, "recalled one", "recalled", 1);
    assertEquals("1.1.0", on.propose(series).modelPackage().version());
    ReviewClient reader = on.up().administrator();
    Deadline.await("a task waits", () -> Tasks.waiting(reader, series.uid()).size() == 1);

    on.decide("rollback", "recalled", "--recall", "it marks too little", "--by", "somebody");
    on.await("recalled", "1.0.0", "serving");
    Deadline.await("no task waits", () -> Tasks.waiting(reader, series.uid()).isEmpty());
    on.decide("remake", "recalled", "1.1.0");
    Deadline.await(
        "a task waits again",
        Duration.ofMinutes(2),
        () -> Tasks.waiting(reader, series.uid()).size() == 1);
    List<ProposalMade> made = on.told(series.uid(), ProposalMade.class);
    assertEquals(
        List.of("1.1.0", "1.0.0"),
        made.stream().map(each -> each.modelPackage().version()).toList());
    CommandLineRun early = on.command("model", "remake", "recalled", "1.0.0");
    assertEquals(1, early.status());
    assertTrue(early.err().contains("recalled 1.0.0 is not recalled"), early::err);
  }

  @Test
  void aVersionIsRecalledAfterItWasReplacedAndWhatItFoundNothingInIsProposedAnew(
      ModelsInstallation on) throws IOException {
    on.bring(folder, "blind", "1.0.0", "blind", SmallNetwork.threshold(-500));
    on.bring(
        SmallPackage.make(folder, "blind", "1.1.0", "blind", SmallNetwork.threshold(1e6f)),
        "registered");
    on.decide("serve", "blind", "1.1.0");
    on.await("blind", "1.1.0", "serving");
    SmallSeries series = SmallSeries.write(folder, "blind one", "blind", 1);
    assertEquals(ReasonCode.NOTHING_FOUND, on.end(series));
    on.decide("serve", "blind", "1.0.0");
    on.await("blind", "1.0.0", "serving");

    CommandLineRun early = on.command("model", "remake", "blind", "1.1.0");
    assertTrue(early.err().contains("blind 1.1.0 is not recalled"), early::err);
    on.decide("recall", "blind", "1.1.0", "--reason", "it finds nothing", "--by", "somebody");
    on.await("blind", "1.1.0", "retired");
    CommandLineRun remake = on.command("model", "remake", "blind", "1.1.0");
    assertTrue(remake.out().contains("1 series are proposed again"), remake::out);
    ReviewClient reader = on.up().administrator();
    Deadline.await(
        "a task waits",
        Duration.ofMinutes(2),
        () -> Tasks.waiting(reader, series.uid()).size() == 1);
    assertEquals("1.0.0", on.proposal(series).modelPackage().version());
    CommandLineRun again = on.command("model", "remake", "blind", "1.1.0");
    assertTrue(again.out().contains("0 series are proposed again"), again::out);
  }

  @Test
  void nothingIsMeasuredOnTheTrainingSide() throws IOException {
    CommandLineRun side =
        evaluateRun(
            SmallPackage.make(folder, "sides", "1.0.0", "sides", SmallNetwork.threshold(0)),
            cases(),
            "--side",
            "training");
    assertEquals(1, side.status());
    assertTrue(side.err().contains("--side is test, validation or both"), side::err);
  }

  private SmallPackage candidate(ModelsInstallation on, String version, float threshold)
      throws IOException {
    SmallPackage made =
        SmallPackage.make(folder, NAME, version, NAME, SmallNetwork.threshold(threshold));
    on.bring(made, "registered");
    return made;
  }

  private SmallSeries series(String study) throws IOException {
    return SmallSeries.write(folder, NAME + " " + study, NAME, 1);
  }

  private CommandLineRun promote(ModelsInstallation on, Path candidate, Path against)
      throws IOException {
    var first = on.up().standalone().firstAdministrator().orElseThrow();
    Path password = Files.writeString(folder.resolve("password"), first.password());
    return on.command(
        "model",
        "promote",
        candidate.toString(),
        "--against",
        against.toString(),
        "--user",
        first.user(),
        "--password-file",
        password.toString());
  }

  /** The record that the last decision on the good candidate names. */
  private static DecisionRecord decision(ModelsInstallation on) {
    List<ModelStateChanged> told = new ArrayList<>();
    EventReplay.forEach(on.up().infrastructure().stream(), Topics.MODELS, told::add);
    ModelStateChanged last =
        told.stream()
            .filter(each -> each.name().equals(NAME) && each.version().equals("1.2.0"))
            .reduce((one, later) -> later)
            .orElseThrow();
    assertEquals(ModelState.SERVING, last.state());
    return DecisionJson.read(on.up().infrastructure().objects().read(last.decision().digest()));
  }

  private Path evaluate(SmallPackage model, Path cases) {
    CommandLineRun run = evaluateRun(model, cases);
    assertEquals(0, run.status(), () -> run.out() + run.err());
    Path report = folder.resolve("report-" + model.version());
    assertTrue(Files.isRegularFile(report.resolve("report.html")));
    return report.resolve("report.json");
  }

  private CommandLineRun evaluateRun(SmallPackage model, Path cases, String... more) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "evaluate",
                model.folder().toString(),
                "--cases",
                cases.toString(),
                "--to",
                folder.resolve("report-" + model.version()).toString(),
                "--threads",
                "1"));
    words.addAll(List.of(more));
    return CommandLineRun.of(words);
  }

  /** Small phantoms, a patient each, with the labels that readers would have marked. */
  private Path cases() throws IOException {
    Path cases = folder.resolve("cases");
    Path images = Files.createDirectories(cases.resolve("images"));
    Path labels = Files.createDirectories(cases.resolve("labels"));
    var json = new ObjectMapper();
    ArrayNode list = json.createArrayNode();
    for (int i = 0; i < CASES; i++) {
      String name = "case-" + i;
      var spec =
          new PhantomSpec(
              i, new GridSize(40, 36, 20), new Spacing(9, 9, 12), new Orientation("SPL"), 0, 0);
      Volume volume = Phantom.of(spec).volume();
      NiftiWriter.write(volume, images.resolve(name + ".nii.gz"));
      NiftiWriter.write(marked(volume), labels.resolve(name + ".nii.gz"));
      list.addObject().put("name", name).put("patient", "patient-" + i).put("split", "TEST");
    }
    Files.write(cases.resolve("cases.json"), json.writeValueAsBytes(list));
    return cases;
  }

  private static LabelMap marked(Volume volume) {
    var labels = new short[volume.geometry().size().voxels()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = (short) (volume.valueAt(i) > TRUE_THRESHOLD ? 1 : 0);
    }
    return new LabelMap(volume.geometry(), labels);
  }
}
