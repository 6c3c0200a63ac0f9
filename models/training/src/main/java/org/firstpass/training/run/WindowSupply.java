package org.firstpass.training.run;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.firstpass.training.data.Augmentation;
import org.firstpass.training.data.CaseLoading;
import org.firstpass.training.data.TrainingCase;
import org.firstpass.training.data.TrainingSet.LabelledFiles;
import org.firstpass.training.data.Window;
import org.firstpass.training.data.WindowDraw;

/**
 * Makes the windows of coming steps in a thread of its own. The window of a step follows from the
 * seed and the step's number alone. Prepared cases are kept as long as there is room.
 */
final class WindowSupply implements AutoCloseable {
  private static final int AHEAD = 3;

  /** Of the heap, for prepared cases. */
  private static final double SHARE = 0.4;

  private final List<LabelledFiles> files;
  private final CaseLoading loading;
  private final WindowDraw windows;
  private final long seed;
  private final int steps;
  private final Map<Integer, CompletableFuture<Window>> coming = new HashMap<>();
  private final LinkedHashMap<Integer, TrainingCase> cases = new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;
  private final ExecutorService maker =
      Executors.newSingleThreadExecutor(
          task -> {
            var thread = new Thread(task, "training-windows");
            thread.setDaemon(true);
            return thread;
          });

  WindowSupply(
      List<LabelledFiles> files, CaseLoading loading, WindowDraw windows, long seed, int steps) {
    this.files = List.copyOf(files);
    this.loading = loading;
    this.windows = windows;
    this.seed = seed;
    this.steps = steps;
  }

  /** The window of a step; steps are asked for one after the other. */
  Window of(int step) {
    for (int each = step; each <= Math.min(step + AHEAD, steps - 1); each++) {
      int number = each;
      coming.computeIfAbsent(
          number, key -> CompletableFuture.supplyAsync(() -> make(number), maker));
    }
    CompletableFuture<Window> wanted = coming.remove(step);
    if (wanted == null) {
      throw new IllegalStateException("step " + step + " lies behind the last one");
    }
    return wanted.join();
  }

  private Window make(int step) {
    var draw = new SplittableRandom(seed * 1_000_003L + step);
    return Augmentation.of(windows.from(loaded(turn(step)), draw), draw);
  }

  /** Every case comes once before any comes again, each time in another order. */
  private int turn(int step) {
    int count = files.size();
    var draw = new SplittableRandom(seed * 7_919L + step / count);
    var order = new int[count];
    for (int i = 0; i < count; i++) {
      int at = draw.nextInt(i + 1);
      order[i] = order[at];
      order[at] = i;
    }
    return order[step % count];
  }

  /** Called by the one thread of the maker only. */
  private TrainingCase loaded(int index) {
    TrainingCase known = cases.get(index);
    if (known != null) {
      return known;
    }
    TrainingCase made = loading.training(files.get(index));
    cases.put(index, made);
    bytes += made.bytes();
    long most = (long) (SHARE * Runtime.getRuntime().maxMemory());
    var oldest = cases.entrySet().iterator();
    while (bytes > most && cases.size() > 1) {
      bytes -= oldest.next().getValue().bytes();
      oldest.remove();
    }
    return made;
  }

  @Override
  public void close() {
    maker.shutdownNow();
  }
}
