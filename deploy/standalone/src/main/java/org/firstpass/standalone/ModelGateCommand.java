package org.firstpass.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.firstpass.evaluation.EvaluationJson;
import org.firstpass.evaluation.EvaluationReport;
import org.firstpass.gate.DecisionJson;
import org.firstpass.gate.Gate;
import org.firstpass.gate.GateDecision;
import org.firstpass.gate.GateRules;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Asks the gate, and changes nothing. */
@Command(
    name = "gate",
    mixinStandardHelpOptions = true,
    description = {
      "Say whether a candidate would pass the gate, by what 'firstpass evaluate' wrote of it and of",
      "the package that is served, on the same held-out cases. Changes nothing."
    })
final class ModelGateCommand implements Callable<Integer> {
  @Mixin Reports reports = new Reports();

  /** What the gate decides by. */
  static final class Reports {
    @Parameters(
        index = "0",
        paramLabel = "<report.json>",
        description = "Of the candidate, by 'firstpass evaluate'.")
    Path candidate = Path.of("");

    @Option(
        names = "--against",
        required = true,
        paramLabel = "<report.json>",
        description = "Of the package that is served.")
    Path served = Path.of("");

    @Option(
        names = "--rules",
        paramLabel = "<rules.json>",
        description = "Other rules than the usual ones; see deploy/docs/evaluation.md.")
    @Nullable Path rules;

    EvaluationReport candidate() {
      return report(candidate);
    }

    EvaluationReport served() {
      return report(served);
    }

    GateRules rules() {
      Path file = rules;
      try {
        return file == null ? GateRules.USUAL : DecisionJson.readRules(bytes(file));
      } catch (IllegalArgumentException e) {
        throw new CommandFailed(file + ": " + e.getMessage(), e);
      }
    }

    private static EvaluationReport report(Path file) {
      try {
        return EvaluationJson.read(bytes(file));
      } catch (IllegalArgumentException e) {
        throw new CommandFailed(file + ": " + e.getMessage(), e);
      }
    }

    private static byte[] bytes(Path file) {
      try {
        return Files.readAllBytes(file);
      } catch (IOException e) {
        throw new CommandFailed(file + " cannot be read", e);
      }
    }
  }

  @Override
  public Integer call() {
    GateDecision decision = Gate.decide(reports.rules(), reports.candidate(), reports.served());
    tell(decision);
    return decision.kind() == GateDecision.Kind.PASSED ? 0 : 1;
  }

  /** Tells a decision with its reasons. */
  static void tell(GateDecision decision) {
    String verdict =
        switch (decision.kind()) {
          case PASSED -> "passed";
          case FAILED -> "not passed";
          case INADMISSIBLE -> "nothing can be decided";
        };
    System.out.println("gate: " + verdict);
    List<String> reasons = decision.reasons();
    reasons.forEach(reason -> System.out.println("  " + reason));
  }
}
