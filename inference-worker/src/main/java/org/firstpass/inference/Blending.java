package org.firstpass.inference;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.firstpass.event.ImageFinding;
import org.firstpass.geometry.GridSize;
import org.firstpass.model.ModelManifest;
import org.firstpass.model.OutputSpec.Activation;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of calls that are done: passes become means of windows, windows are blended, those
 * that were skipped as background, and the classification head is heard. Calls come in the
 * schedule's order from one thread.
 */
final class Blending {
  /** A logit of which nobody doubts: a probability of 5 in 100,000. */
  private static final float SURE = 10;

  private final ModelManifest manifest;
  private final GridSize window;
  private final WindowSchedule schedule;
  private final @Nullable WindowBlend blend;
  private final @Nullable FindingScores findings;
  private final Map<Integer, PassMean> started = new LinkedHashMap<>();
  private final Deque<PassMean> spare = new ArrayDeque<>();
  private final Deque<Integer> skipped;

  /**
   * @param blend null if the package has no output for voxels
   */
  Blending(
      ModelManifest manifest,
      GridSize window,
      WindowSchedule schedule,
      @Nullable WindowBlend blend) {
    this.manifest = manifest;
    this.window = window;
    this.schedule = schedule;
    this.blend = blend;
    this.findings = manifest.findings() == null ? null : new FindingScores(manifest.findings());
    this.skipped = new ArrayDeque<>(schedule.skipped());
  }

  /** Takes what a call said, before the call is used again. */
  void add(WindowSchedule.Call planned, NetworkCall call) throws InterruptedException {
    for (int place = 0; place < planned.items().size(); place++) {
      if (findings != null) {
        findings.add(call.findings(place));
      }
      if (blend != null) {
        WindowSchedule.Item item = planned.items().get(place);
        boolean decided = manifest.output().activation() == Activation.ARGMAX;
        int channels = manifest.output().channels();
        addPass(
            item.window(), new PassValues(call, place, item.mirror(), channels, decided), blend);
      }
    }
  }

  /** Ends with the windows that were skipped after the last one that was run. */
  void end() throws InterruptedException {
    if (blend != null) {
      addSkipped(Integer.MAX_VALUE, blend);
    }
  }

  List<ImageFinding> findings() {
    return findings == null ? List.of() : findings.findings();
  }

  private void addPass(int index, PassValues pass, WindowBlend target) throws InterruptedException {
    if (schedule.passes() == 1) {
      addSkipped(index, target);
      target.add(index, pass);
      return;
    }
    PassMean mean = started.get(index);
    if (mean == null) {
      mean = spare.isEmpty() ? new PassMean(manifest, window, schedule.passes()) : spare.pop();
      started.put(index, mean);
    }
    mean.add(pass);
    if (mean.isComplete()) {
      addSkipped(index, target);
      target.add(index, mean);
      started.remove(index);
      mean.clear();
      spare.push(mean);
    }
  }

  private void addSkipped(int before, WindowBlend target) throws InterruptedException {
    while (!skipped.isEmpty() && skipped.getFirst() < before) {
      target.add(skipped.removeFirst(), new Background(manifest.output().activation()));
    }
  }

  /** What a window that nobody ran counts as, all passes agreeing. */
  private record Background(Activation activation) implements WindowValues {
    @Override
    public void read(int channel, int slice, float[] plane) {
      boolean background = channel == 0;
      float value =
          switch (activation) {
            case SOFTMAX -> background ? SURE : 0;
            case SIGMOID, REGIONS -> -SURE;
            case ARGMAX -> background ? 1 : 0;
            case FRACTION, NONE -> 0;
          };
      Arrays.fill(plane, value);
    }

    @Override
    public void readAgreement(int slice, float[] plane) {
      Arrays.fill(plane, 1);
    }
  }
}
