package org.firstpass.training;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.inference.InferenceMetrics;
import org.firstpass.inference.LoadedNetwork;
import org.firstpass.model.ModelPackage;
import org.firstpass.phantom.Phantom;
import org.firstpass.phantom.PhantomSpec;
import org.firstpass.prepare.NetworkInput;
import org.firstpass.prepare.NetworkOutput;
import org.firstpass.prepare.Preparation;
import org.firstpass.prepare.Restoration;
import org.firstpass.prepare.SegmentChoice;
import org.firstpass.volume.LabelMap;

/** Scores a package on phantoms it has not seen, by the worker's own way there and back. */
final class Evaluation {
  private Evaluation() {}

  static List<CaseScore> of(
      ModelPackage model, List<PhantomSpec> specs, int threads, Consumer<CaseScore> progress) {
    var scores = new ArrayList<CaseScore>();
    var metrics = new InferenceMetrics(new SimpleMeterRegistry());
    try (LoadedNetwork network = LoadedNetwork.open(model, threads, metrics)) {
      for (PhantomSpec spec : specs) {
        CaseScore score = score(network, spec);
        progress.accept(score);
        scores.add(score);
      }
    }
    return scores;
  }

  private static CaseScore score(LoadedNetwork network, PhantomSpec spec) {
    Phantom phantom = Phantom.of(spec);
    NetworkInput input = Preparation.prepare(phantom.volume(), network.model().manifest().input());
    NetworkOutput output = network.run(input);
    SegmentChoice choice = SegmentChoice.of(network.model().manifest());
    short[] chosen = choice.onGridOf(output);
    LabelMap coarse = Phantom.of(spec, input.grid()).truth();
    GridGeometry source = phantom.volume().geometry();
    short[] restored = Restoration.restore(output, choice, source);
    return new CaseScore(
        spec, CaseScore.dice(coarse, chosen), CaseScore.dice(phantom.truth(), restored));
  }
}
