package org.firstpass.inference;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.RunOptions;
import ai.onnxruntime.OrtSession.SessionOptions;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.firstpass.failure.Defect;
import org.firstpass.failure.ReasonCode;
import org.jspecify.annotations.Nullable;

/**
 * A graph in native memory, once per process and kind however many packages have it: two versions
 * that differ in their manifest only share the weights. Closed with its last lease.
 *
 * <p>Safe for use by many threads.
 */
final class SharedSession {
  private static final Map<Key, SharedSession> LEASED = new HashMap<>();

  private final Key key;
  private final Path file;
  private final ReadWriteLock use = new ReentrantReadWriteLock();
  private int leases;
  private volatile @Nullable OrtSession session;

  private SharedSession(Key key, Path file) {
    this.key = key;
    this.file = file;
  }

  private record Key(String content, SessionKind kind) {}

  /**
   * The session of a graph, opened if nobody has it.
   *
   * @param content tells graphs apart: equal for two files with equal bytes
   * @throws Defect with {@link ReasonCode#PACKAGE_INVALID} if the runtime cannot load it
   */
  static SharedSession lease(String content, Path file, SessionKind kind) {
    SharedSession shared;
    synchronized (LEASED) {
      shared = LEASED.computeIfAbsent(new Key(content, kind), key -> new SharedSession(key, file));
      shared.leases++;
    }
    try {
      shared.open();
      return shared;
    } catch (RuntimeException | Error e) {
      shared.release();
      throw e;
    }
  }

  /** How many sessions this process has. */
  static int count() {
    synchronized (LEASED) {
      return LEASED.size();
    }
  }

  /** Gives a lease back; the last one closes the session, after the calls that still run. */
  void release() {
    synchronized (LEASED) {
      leases--;
      if (leases > 0) {
        return;
      }
      LEASED.remove(key);
    }
    use.writeLock().lock();
    try {
      closeSession();
    } finally {
      use.writeLock().unlock();
    }
    NativeHeap.trim();
  }

  OrtSession session() {
    OrtSession open = session;
    if (open == null) {
      throw new IllegalStateException("the session of " + file.getFileName() + " is closed");
    }
    return open;
  }

  /**
   * Runs the graph once. A run that ran out of memory costs the session: what the runtime had
   * gathered goes back to the machine, and the next run starts afresh.
   *
   * @throws Defect with OUT_OF_MEMORY, INFERENCE_TIMED_OUT if the run was ended through its
   *     options, else INFERENCE_FAILED
   */
  void run(
      Map<String, OnnxTensor> inputs,
      Map<String, OnnxTensor> outputs,
      @Nullable RunOptions options) {
    if (session == null) {
      // There was no room to open it again after the last failure; there may be now.
      open();
    }
    OrtSession used;
    OrtException failure;
    use.readLock().lock();
    try {
      used = session();
      failure = attempt(used, inputs, outputs, options);
    } finally {
      use.readLock().unlock();
    }
    if (failure == null) {
      return;
    }
    Defect defect = RuntimeFailures.ofRun(failure);
    if (defect.code() == ReasonCode.OUT_OF_MEMORY) {
      renew(used);
    }
    throw defect;
  }

  private static @Nullable OrtException attempt(
      OrtSession session,
      Map<String, OnnxTensor> inputs,
      Map<String, OnnxTensor> outputs,
      @Nullable RunOptions options) {
    try (OrtSession.Result result =
        options == null
            ? session.run(inputs, Set.of(), outputs)
            : session.run(inputs, Set.of(), outputs, options)) {
      if (result.size() != outputs.size()) {
        throw new Defect(
            ReasonCode.INFERENCE_FAILED,
            outputs.size() + " outputs were asked for, but got " + result.size());
      }
      return null;
    } catch (OrtException e) {
      return e;
    }
  }

  private void renew(OrtSession used) {
    use.writeLock().lock();
    try {
      if (session == used) {
        closeSession();
        NativeHeap.trim();
        open();
      }
    } finally {
      use.writeLock().unlock();
    }
  }

  private void open() {
    use.writeLock().lock();
    try (SessionOptions options = SessionOpening.options(key.kind())) {
      if (session == null) {
        session = OnnxRuntime.environment().createSession(file.toString(), options);
      }
    } catch (OrtException e) {
      if (RuntimeFailures.isOutOfMemory(e)) {
        throw new Defect(
            ReasonCode.OUT_OF_MEMORY, file.getFileName() + " does not fit into memory", e);
      }
      throw new Defect(
          ReasonCode.PACKAGE_INVALID,
          "ONNX Runtime cannot load " + file.getFileName() + ": " + e.getMessage(),
          e);
    } finally {
      use.writeLock().unlock();
    }
  }

  private void closeSession() {
    OrtSession open = session;
    session = null;
    if (open == null) {
      return;
    }
    try {
      open.close();
    } catch (OrtException e) {
      throw new Defect(ReasonCode.INFERENCE_FAILED, "a session cannot be closed", e);
    }
  }
}
