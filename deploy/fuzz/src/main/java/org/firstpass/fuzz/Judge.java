package org.firstpass.fuzz;

import com.sun.management.ThreadMXBean;
import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.firstpass.failure.StudyRefused;

/**
 * Gives inputs to a target and says of each whether it was answered.
 *
 * <p>An answer is a result, a coded refusal, or what the target knows as its own way to refuse.
 * That the store is away is none: nothing but the input can be to blame. A refusal that only hides
 * a mistake of ours (a null, an index, a cast) is none either. Not thread-safe.
 */
final class Judge {
  private static final int INPUTS_BETWEEN_COUNTS_OF_HANDLES = 1 << 12;

  /** Class files, the tally and sockets that are on their way out. */
  private static final long HANDLES_TO_SPARE = 64;

  private static final Set<Class<?>> MISTAKES =
      Set.of(
          NullPointerException.class,
          ClassCastException.class,
          IndexOutOfBoundsException.class,
          ArrayIndexOutOfBoundsException.class,
          StringIndexOutOfBoundsException.class,
          NegativeArraySizeException.class,
          ArrayStoreException.class);

  private final FuzzTarget target;
  private final Tally tally;
  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
  private long handlesAtFirst = -1;
  private long inputs;

  Judge(FuzzTarget target, Tally tally) {
    this.target = target;
    this.tally = tally;
  }

  /**
   * What one run of an input cost, and how it ended.
   *
   * @param time nanoseconds
   */
  private record Run(String outcome, long allocated, long time) {
    boolean isWithin(Limits limits, int length) {
      return allocated <= limits.allocation(length) && time <= limits.cpu().toNanos();
    }
  }

  /**
   * Takes one input.
   *
   * @throws Finding if it is one
   */
  void judge(byte[] input) {
    Limits limits = target.limits(input);
    Run run = measured(input, System::nanoTime);
    if (!run.isWithin(limits, input.length)) {
      // The first of its kind pays for the loading of classes, and a clock for other processes.
      run = measured(input, threads::getCurrentThreadCpuTime);
    }
    tally.count(run.outcome, run.allocated, run.time);
    if (!run.isWithin(limits, input.length)) {
      throw new Finding(
          "%d bytes of input allocated %d bytes and took %d ms of the processor, allowed are %d and %d"
              .formatted(
                  input.length,
                  run.allocated,
                  run.time / 1_000_000,
                  limits.allocation(input.length),
                  limits.cpu().toMillis()),
          null);
    }
    inputs++;
    if (inputs % INPUTS_BETWEEN_COUNTS_OF_HANDLES == 0) {
      requireNoMoreHandles();
    }
  }

  /** Takes inputs without judging them: loading and instrumenting classes is not their doing. */
  void warmUp(List<byte[]> some) {
    some.forEach(this::outcome);
  }

  private Run measured(byte[] input, LongSupplier clock) {
    long heap = memory.getHeapMemoryUsage().getUsed();
    long allocatedBefore = threads.getCurrentThreadAllocatedBytes();
    long begin = clock.getAsLong();
    String outcome = outcome(input);
    long time = clock.getAsLong() - begin;
    long allocated = threads.getCurrentThreadAllocatedBytes() - allocatedBefore;
    // What other threads allocated shows in the heap only, and there until it is collected.
    long grown = memory.getHeapMemoryUsage().getUsed() - heap;
    return new Run(outcome, Math.max(allocated, grown), time);
  }

  private String outcome(byte[] input) {
    try {
      target.run(input);
      return "read";
    } catch (StudyRefused e) {
      hiddenMistake(e)
          .ifPresent(
              mistake -> {
                throw new Finding("a refusal that hides a mistake", mistake);
              });
      return e.code().code();
    } catch (Exception | StackOverflowError | OutOfMemoryError | AssertionError e) {
      if (target.isAnswer(e)) {
        return e.getClass().getSimpleName();
      }
      throw new Finding("neither a result nor a coded refusal", e);
    }
  }

  /** A cause that is our own code's mistake, and not what the toolkit says of bytes. */
  private static Optional<Throwable> hiddenMistake(Throwable refusal) {
    Throwable cause = refusal.getCause();
    while (cause != null) {
      if (MISTAKES.contains(cause.getClass()) && isOurs(cause)) {
        return Optional.of(cause);
      }
      cause = cause.getCause();
    }
    return Optional.empty();
  }

  private static boolean isOurs(Throwable mistake) {
    return Arrays.stream(mistake.getStackTrace())
        .map(StackTraceElement::getClassName)
        .filter(name -> !name.startsWith("java."))
        .findFirst()
        .filter(name -> name.startsWith("org.firstpass."))
        .isPresent();
  }

  private void requireNoMoreHandles() {
    if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system) {
      long open = system.getOpenFileDescriptorCount();
      if (handlesAtFirst < 0) {
        handlesAtFirst = open;
      }
      if (open > handlesAtFirst + HANDLES_TO_SPARE) {
        throw new Finding(
            "%d file handles are open, at first there were %d".formatted(open, handlesAtFirst),
            null);
      }
    }
  }
}
