package org.firstpass.inference;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.firstpass.model.ModelManifest;
import org.firstpass.model.WindowSpec.Sliding;

/**
 * Which windows go through which networks, how turned, and in which calls together. The calls are
 * in the order in which they are blended. Immutable.
 *
 * @param calls each of one network
 * @param skipped by their place in the plan, rising
 * @param passes over each window that is run
 */
record WindowSchedule(List<Call> calls, List<Integer> skipped, int passes) {
  WindowSchedule {
    calls = List.copyOf(calls);
    skipped = List.copyOf(skipped);
  }

  /** What one call takes, at most the batch. */
  record Call(int network, List<Item> items) {
    Call {
      items = List.copyOf(items);
    }
  }

  /** One window as one network sees it once; the window's place in the plan. */
  record Item(int window, Mirror mirror) {}

  /** How often a package's networks go over each window: every member, every mirror image. */
  static int passes(ModelManifest manifest) {
    return manifest.networkFiles().size() * (1 << manifest.windows().mirror().size());
  }

  /**
   * @param batch the most windows that a call may have
   */
  static WindowSchedule of(
      ModelManifest manifest, WindowPlan plan, WindowGather gather, int batch) {
    Optional<Double> limit =
        manifest.windows() instanceof Sliding sliding
            ? Optional.ofNullable(sliding.skipBelow())
            : Optional.empty();
    List<Integer> all = IntStream.range(0, plan.starts().size()).boxed().toList();
    if (limit.isEmpty()) {
      return new WindowSchedule(calls(manifest, all, batch), List.of(), passes(manifest));
    }
    Map<Boolean, List<Integer>> parts =
        all.parallelStream()
            .collect(
                Collectors.partitioningBy(
                    each -> gather.isAnythingAbove(plan.starts().get(each), limit.get())));
    List<Integer> run = parts.getOrDefault(true, List.of());
    List<Integer> skipped = parts.getOrDefault(false, List.of());
    return new WindowSchedule(calls(manifest, run, batch), skipped, passes(manifest));
  }

  /** As many windows together as fill a batch with their mirror images, network by network. */
  private static List<Call> calls(ModelManifest manifest, List<Integer> windows, int batch) {
    List<Mirror> mirrors = Mirror.subsets(manifest.windows().mirror());
    int together = Math.max(1, batch / mirrors.size());
    List<Call> calls = new ArrayList<>();
    for (int from = 0; from < windows.size(); from += together) {
      List<Integer> group = windows.subList(from, Math.min(windows.size(), from + together));
      List<Item> items = new ArrayList<>();
      for (int window : group) {
        mirrors.forEach(mirror -> items.add(new Item(window, mirror)));
      }
      for (int network = 0; network < manifest.networkFiles().size(); network++) {
        for (int at = 0; at < items.size(); at += batch) {
          calls.add(new Call(network, items.subList(at, Math.min(items.size(), at + batch))));
        }
      }
    }
    return calls;
  }
}
