package org.firstpass.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.firstpass.dicom.ProcedureStepService;
import org.firstpass.dicom.dataset.DataSet;
import org.firstpass.server.RawAssociation.Message;
import org.jspecify.annotations.Nullable;

/** A performer or manager that asks the worklist by DIMSE: one association for each question. */
final class WorklistCaller implements ProcedureStepService {
  private static final String PUSH = "1.2.840.10008.5.1.4.34.6.1";
  private static final String WATCH = "1.2.840.10008.5.1.4.34.6.2";
  private static final String PULL = "1.2.840.10008.5.1.4.34.6.3";
  private static final int PENDING = 0xFF00;

  private final Connecting connecting;

  /** How it comes to the server. */
  interface Connecting {
    Socket connect() throws IOException;
  }

  WorklistCaller(Connecting connecting) {
    this.connecting = connecting;
  }

  static WorklistCaller of(int port) {
    return new WorklistCaller(() -> new Socket("127.0.0.1", port));
  }

  @Override
  public Answer create(String caller, String uid, DataSet attributes) {
    Map<Integer, Object> command = new TreeMap<>(Map.of(0x0002, PUSH, 0x0100, 0x0140));
    if (!uid.isEmpty()) {
      command.put(0x1000, uid);
    }
    return ask(caller, PUSH, command, attributes, match -> true);
  }

  @Override
  public Answer get(String caller, String uid) {
    return ask(caller, PULL, requested(0x0110, uid), null, match -> true);
  }

  @Override
  public Answer set(String caller, String uid, DataSet changes) {
    return ask(caller, PULL, requested(0x0120, uid), changes, match -> true);
  }

  @Override
  public Answer changeState(String caller, String uid, DataSet action) {
    return action(caller, PULL, uid, 1, action);
  }

  @Override
  public Answer requestCancel(String caller, String uid, DataSet action) {
    return action(caller, PUSH, uid, 2, action);
  }

  @Override
  public Answer subscribe(String caller, String uid, DataSet action) {
    return action(caller, WATCH, uid, 3, action);
  }

  @Override
  public Answer unsubscribe(String caller, String uid, DataSet action) {
    return action(caller, WATCH, uid, 4, action);
  }

  @Override
  public Answer suspend(String caller, String uid, DataSet action) {
    return action(caller, WATCH, uid, 5, action);
  }

  @Override
  public Answer find(String caller, DataSet keys, Predicate<DataSet> taken) {
    Map<Integer, Object> command = Map.of(0x0002, PULL, 0x0100, 0x0020, 0x0700, 0);
    return ask(caller, PULL, command, keys, taken);
  }

  private Answer action(String caller, String sopClass, String uid, int type, DataSet action) {
    Map<Integer, Object> command = new TreeMap<>(requested(0x0130, uid));
    command.put(0x1008, type);
    return ask(caller, sopClass, command, action, match -> true);
  }

  private static Map<Integer, Object> requested(int field, String uid) {
    return Map.of(0x0003, PUSH, 0x0100, field, 0x1001, uid);
  }

  private Answer ask(
      String caller,
      String sopClass,
      Map<Integer, Object> command,
      @Nullable DataSet data,
      Predicate<DataSet> taken) {
    Map<Integer, Object> numbered = new TreeMap<>(command);
    numbered.put(0x0110, 1);
    try (var association =
        RawAssociation.request(
            connecting.connect(), caller, "FIRSTPASS_WL", List.of(PUSH, WATCH, PULL))) {
      association.send(sopClass, numbered, data == null || data.isEmpty() ? null : data);
      Message answer = association.receive().orElseThrow();
      while (answer.number(0x0900) == PENDING) {
        DataSet match = answer.data();
        if (match != null && !taken.test(match)) {
          association.send(sopClass, Map.of(0x0100, 0x0FFF, 0x0120, 1), null);
        }
        answer = association.receive().orElseThrow();
      }
      association.release();
      DataSet found = answer.data();
      return new Answer(
          answer.number(0x0900),
          answer.text(0x1000),
          answer.text(0x0902),
          found == null ? List.of() : List.of(found));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
