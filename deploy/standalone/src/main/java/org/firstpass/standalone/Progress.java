package org.firstpass.standalone;

import java.io.PrintStream;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Shows how far something that lasts is: a bar on a terminal, one line at the end elsewhere. */
final class Progress implements AutoCloseable {
  private static final int REFRESH_MS = 200;
  private static final int WIDTH = 100;

  private final String task;
  private final PrintStream out;
  private final ProgressBar bar;
  private final boolean terminal;

  Progress(String task, long total, PrintStream out) {
    this.task = task;
    this.out = out;
    terminal = System.console() != null;
    bar =
        new ProgressBarBuilder()
            .setTaskName(task)
            .setInitialMax(total)
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(REFRESH_MS)
            .setConsumer(
                new ConsoleProgressBarConsumer(
                    terminal ? out : new PrintStream(PrintStream.nullOutputStream()), WIDTH))
            .build();
  }

  void to(long done) {
    bar.stepTo(done);
  }

  /** As {@link #to(long)}, where how much there is shows only on the way. */
  void to(long done, long total) {
    bar.maxHint(total);
    bar.stepTo(done);
  }

  /** What there is to say of it now, behind the bar. */
  void tell(String words) {
    bar.setExtraMessage(words);
  }

  @Override
  public void close() {
    long reached = bar.getCurrent();
    long total = bar.getMax();
    bar.close();
    if (!terminal) {
      out.println(task + ": " + reached + " of " + total);
    }
  }
}
