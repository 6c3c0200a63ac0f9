package org.firstpass.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.firstpass.dataset.register.DatasetRegister;
import org.firstpass.dataset.register.RegisteredVersion;
import org.firstpass.dataset.split.Split;
import org.firstpass.evaluation.CaseFolder;
import org.firstpass.event.PackageReference;
import org.firstpass.model.ModelPackage;
import org.firstpass.security.AuditAction;
import org.firstpass.security.AuditEntry;
import org.firstpass.security.AuditFact;
import org.firstpass.security.Security;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Anybody's trainer makes a candidate of what readers accepted, and sees no more than it may. */
@ExtendWith(ReadPatients.One.class)
class TrainCommandTest {
  /** Copies the base with another version, which is what any trainer comes down to. */
  private static final String COPY =
      """
      cp -r "$base" "$out.part"
      sed -i "s/\\"version\\" : \\"1.0.0\\"/\\"version\\" : \\"$version\\"/" "$out.part/manifest.json"
      mv "$out.part" "$out"
      """;

  @TempDir Path folder;

  @Test
  void aTrainerMakesARegisteredCandidateWithoutTheTestSideAndAnErasureFindsIt(ReadPatients on)
      throws IOException {
    Path told = folder.resolve("told");
    String script =
        trainer(
            "echo \"$@\" > " + told,
            "(cd \"$dataset\" && find . -type f) | sort > " + told + ".files",
            "echo '{\"step\":1,\"steps\":2,\"loss\":0.5,\"secondsLeft\":1.5}'",
            "echo 'a library greets'",
            "echo '{\"step\":2,\"steps\":2,\"loss\":0.25,\"validationDice\":0.75,\"secondsLeft\":0}'",
            "echo '{\"step\":2,\"steps\":2,\"baseDice\":0.5,\"bestDice\":0.75}'",
            COPY);
    CommandLineRun run =
        on.train("1.1.0", on.hash().substring(0, 10), script, "--steps", "2", "--seed", "7");
    assertEquals(0, run.status(), () -> run.out() + run.err());
    assertTrue(run.out().contains("Training: 2 of 2"), run::out);
    assertTrue(run.out().contains("trained 1.1.0 is registered, made of trained 1.0.0"), run::out);

    Path taken = on.up().state().resolve("models/trained/1.1.0");
    JsonNode provenance = new ObjectMapper().readTree(taken.resolve("provenance.json").toFile());
    assertEquals(on.hash(), provenance.at("/dataset/manifest").asText());
    assertEquals("1.0.0", provenance.at("/base/version").asText());
    assertEquals(script, provenance.path("trainer").asText());
    assertEquals(2, provenance.path("steps").asInt());
    assertEquals(0.5, provenance.at("/validation/baseDice").asDouble());
    assertTrue(run.out().contains("is better than its base: Dice 0.7500, was 0.5000"), run::out);
    assertAudited(on, ModelPackage.load(taken));
    assertTrue(
        Files.readString(told)
            .strip()
            .endsWith("--name trained --version 1.1.0 --steps 2 --seed 7"));
    CommandLineRun states = on.command("model", "states");
    assertTrue(states.out().matches("(?s).*trained 1\\.1\\.0 +registered .*"), states::out);
    assertTrue(states.out().matches("(?s).*trained 1\\.0\\.0 +serving .*"), states::out);
    assertNoTestCaseIn(on.dataset(), Files.readAllLines(Path.of(told + ".files")));
    assertFalse(Files.exists(on.up().state().resolve("trainings/trained-1.1.0")));

    RegisteredVersion known =
        new DatasetRegister(on.up().infrastructure().database()).find(on.hash()).get(0);
    assertEquals(
        List.of("trained 1.1.0"), known.packages().stream().map(TrainCommandTest::label).toList());
  }

  private static void assertAudited(ReadPatients on, ModelPackage made) {
    try (var security = Security.over(on.up().infrastructure().database(), Clock.systemUTC())) {
      AuditFact fact =
          security.audit().before(Long.MAX_VALUE, 50).stream()
              .map(AuditEntry::fact)
              .filter(each -> each.action() == AuditAction.MODEL_TRAINED)
              .filter(each -> each.target().equals(made.label()))
              .findFirst()
              .orElseThrow();
      assertEquals(System.getProperty("user.name"), fact.actor());
      assertEquals(made.digest().hex(), fact.details().get("package"));
      assertEquals(on.hash(), fact.details().get("dataset"));
      assertTrue(
          fact.details().getOrDefault("base", "").startsWith("trained 1.0.0 "), fact::toString);
    }
  }

  @Test
  void aPackageThatIsNoBetterThanItsBaseIsToldSo(ReadPatients on) throws IOException {
    String compared = "echo '{\"step\":1,\"steps\":1,\"baseDice\":0.75,\"bestDice\":0.75}'";
    CommandLineRun run = on.train("1.2.0", on.hash(), trainer(compared, COPY));
    assertEquals(0, run.status(), run::err);
    assertTrue(run.out().contains("is NO better than its base: Dice 0.7500, was"), run::out);
  }

  private static void assertNoTestCaseIn(Path dataset, List<String> files) {
    List<String> test =
        CaseFolder.read(dataset, 1).stream()
            .filter(each -> each.subject().split() == Split.TEST)
            .map(each -> each.subject().name())
            .toList();
    assertFalse(test.isEmpty(), "the test has no test case");
    for (String name : test) {
      assertTrue(files.stream().noneMatch(file -> file.contains(name)), files::toString);
    }
    assertTrue(files.contains("./manifest.json"), files::toString);
    assertTrue(files.stream().anyMatch(file -> file.contains("/imagesTr/")), files::toString);
  }

  @Test
  void aTrainerThatFailsIsToldWithItsLastWords(ReadPatients on) throws IOException {
    assertRefused(
        on.train("2.0.0", on.hash(), trainer("echo 'no memory for this' >&2", "exit 3")),
        "the trainer ended with status 3: no memory for this",
        "FP4106");
    assertRefused(
        on.train("2.0.0", on.hash(), "no-such-trainer"),
        "the trainer ended with status 127",
        "FP4106");
  }

  @Test
  void whatATrainerMakesIsLookedAt(ReadPatients on) throws IOException {
    assertRefused(
        on.train("2.1.0", on.hash(), trainer("exit 0")), "left no manifest.json", "FP4107");
    assertRefused(
        on.train("2.1.0", on.hash(), trainer("version=2.1.1", COPY)),
        "trained 2.1.0 was asked for, but the trainer made trained 2.1.1",
        "FP4109");
    assertRefused(
        on.train("2.1.0", on.hash(), trainer(COPY, "echo >> \"$out/model.onnx\"")),
        "model.onnx must have SHA-256",
        "FP4108");
    assertRefused(
        on.train(
            "2.1.0", on.hash(), trainer(COPY, "sed -i 's/Bright/Dark/' \"$out/manifest.json\"")),
        "trained 2.1.0 has other segments than trained 1.0.0",
        "FP4109");
    assertFalse(Files.exists(on.up().state().resolve("models/trained/2.1.0")));
    CommandLineRun again = on.train("2.1.0", on.hash(), trainer(COPY));
    assertEquals(0, again.status(), again::err);
  }

  @Test
  void aNetworkThatAnswersOtherwiseHereIsRefused(ReadPatients on) throws IOException {
    SmallPackage other =
        SmallPackage.make(
            folder.resolve("other"),
            ReadPatients.NAME,
            "3.0.0",
            ReadPatients.NAME,
            SmallNetwork.threshold(60));
    // Sealed with the digest of another network, beside the golden answer of the first.
    String swap =
        """
        cp "%s/model.onnx" "$out/model.onnx"
        was=$(sha256sum "$base/model.onnx" | cut -d' ' -f1); is=$(sha256sum "$out/model.onnx" | cut -d' ' -f1)
        sed -i "s/$was/$is/" "$out/manifest.json"
        """
            .formatted(other.folder());
    assertRefused(on.train("3.0.0", on.hash(), trainer(COPY, swap)), "golden", "FP4108");
  }

  @Test
  void whatCannotBeTrainedIsRefusedBeforeAnythingRuns(ReadPatients on) throws IOException {
    String never = trainer("touch " + folder.resolve("ran"));
    assertRefused(
        on.train("4.0.0", "ffff", never), "'ffff' is no folder, and 0 data sets", "FP4101");
    assertRefused(
        on.train("1.0.0", on.hash(), never), "there was a trained 1.0.0 already", "FP4104");
    Path monai = folder.resolve("monai");
    on.command("dataset", "export", "--format", "monai", "--to", monai.toString());
    assertRefused(on.train("4.0.0", monai.toString(), never), "has --format nnunet, but", "FP4102");
    CommandLineRun base =
        on.command("train", "--base", "trained@9.9.9", "--version", "4.0.0", "--with", never);
    assertRefused(base, "no model folder has trained@9.9.9", "FP4103");
    CommandLineRun reference =
        on.command(
            "train", "--base", "trained@1.0.0", "--version", "4.0.0", "--dataset", on.hash());
    assertRefused(reference, "the reference trainer is not built", "FP4105");
    assertFalse(Files.exists(folder.resolve("ran")));
  }

  @Test
  void ctrlCReachesTheTrainerAndTheSameCommandGoesOn(ReadPatients on) throws Exception {
    Path begun = folder.resolve("begun");
    Path put = folder.resolve("put-away");
    String script =
        trainer(
            "if [ -e " + put + " ]; then",
            COPY,
            "exit 0; fi",
            "trap 'echo > " + put + "; exit 143' TERM",
            "echo > " + begun,
            "while true; do read -t 1 nothing < /dev/zero || true; done");
    String[] line = {
      "train",
      "--base",
      "trained@1.0.0",
      "--version",
      "5.0.0",
      "--with",
      script,
      "--state",
      on.up().state().toString()
    };
    try (var process = FirstpassProcess.start(folder.resolve("train.log"), line)) {
      process.await("the trainer runs", Duration.ofMinutes(1), () -> Files.exists(begun));
      assertRefused(CommandLineRun.of(line), "trained 5.0.0 is being trained already", "FP4110");
      process.end();
      assertTrue(Files.exists(put), process::log);
    }
    assertTrue(
        Files.exists(on.up().state().resolve("trainings/trained-5.0.0/dataset/manifest.json")));
    CommandLineRun again = CommandLineRun.of(line);
    assertEquals(0, again.status(), again::err);
    assertTrue(again.out().contains("trained 5.0.0 is registered"), again::out);
  }

  /** A trainer that knows the contract's arguments by their names. */
  private String trainer(String... lines) throws IOException {
    Path script = Files.createTempFile(folder, "trainer", ".sh");
    String head =
        """
        set -e
        all="$*"
        while [ $# -gt 0 ]; do
          case "$1" in
            --dataset) dataset=$2;; --base) base=$2;; --out) out=$2;; --version) version=$2;;
          esac
          shift 2
        done
        set -- $all
        """;
    Files.writeString(script, head + String.join("\n", lines) + "\n");
    return "bash " + script;
  }

  private static void assertRefused(CommandLineRun run, String why, String code) {
    assertEquals(1, run.status(), run::out);
    assertTrue(run.err().contains(why), run::err);
    assertTrue(run.err().contains("[" + code + "]"), run::err);
  }

  private static String label(PackageReference reference) {
    return reference.name() + " " + reference.version();
  }
}
