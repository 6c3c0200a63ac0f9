package org.firstpass.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.firstpass.calibration.HeldOutRun;
import org.firstpass.failure.StudyRefused;
import org.firstpass.model.ModelPackage;
import org.firstpass.segment.LabelSchema;
import org.firstpass.segment.Segment;
import org.jspecify.annotations.Nullable;

/** Runs a package over cases as the worker does, and measures what it proposes. */
public final class PackageEvaluation {
  private PackageEvaluation() {}

  /**
   * How to run it.
   *
   * @param coarse the package that looks for the region first; null if the package needs none
   * @param threads cores that it may use
   */
  public record Run(@Nullable ModelPackage coarse, int threads, EvaluationSettings settings) {}

  /**
   * Measures every case. One that the package refuses is left out and told, with the code.
   *
   * @param progress told the name of each case that was done
   */
  public static EvaluationReport of(
      ModelPackage model, List<CaseSource> cases, Run how, Consumer<String> progress) {
    LabelSchema schema = model.manifest().labels().schema();
    List<Integer> segments = schema.segments().stream().map(Segment::number).toList();
    List<CaseResult> results = new ArrayList<>();
    Map<String, String> leftOut = new TreeMap<>();
    try (HeldOutRun run = HeldOutRun.open(model, how.coarse(), how.threads())) {
      for (CaseSource each : cases) {
        try {
          HeldOutRun.Outcome outcome = run.propose(each.held());
          results.add(
              CaseResult.of(
                  each.subject(),
                  outcome.reference(),
                  outcome.proposed(),
                  segments,
                  outcome.scores(),
                  outcome.voxels(),
                  how.settings()));
        } catch (StudyRefused refused) {
          leftOut.put(each.subject().name(), refused.code().code());
        }
        progress.accept(each.subject().name());
      }
    }
    return EvaluationReport.of(model.reference(), schema, how.settings(), results, leftOut);
  }
}
