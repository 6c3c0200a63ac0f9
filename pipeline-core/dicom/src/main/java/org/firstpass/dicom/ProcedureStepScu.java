package org.firstpass.dicom;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.function.Predicate;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.net.ApplicationEntity;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.Connection;
import org.dcm4che3.net.Device;
import org.dcm4che3.net.DimseRSP;
import org.dcm4che3.net.pdu.AAssociateRQ;
import org.dcm4che3.net.pdu.PresentationContext;
import org.firstpass.dicom.dataset.DataSet;
import org.firstpass.dicom.wire.Bounds;
import org.firstpass.dicom.wire.SocketWatch;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.TryAgainLater;
import org.jspecify.annotations.Nullable;

/**
 * A worklist somewhere else, asked by DIMSE: one association for each question. Safe for use by
 * several threads.
 *
 * @see "PS3.4 CC.2"
 */
public final class ProcedureStepScu implements ProcedureStepService, AutoCloseable {
  private static final String SYNTAX = UID.ExplicitVRLittleEndian;
  private static final int TIMEOUT_MS = 30_000;
  private static final Bounds BOUNDS =
      new Bounds(
          Duration.ofMillis(TIMEOUT_MS),
          Duration.ofMillis(TIMEOUT_MS),
          Duration.ofMillis(TIMEOUT_MS));

  private final String host;
  private final int port;
  private final String calledAeTitle;
  private final ExecutorService threads = Executors.newCachedThreadPool(daemons());
  private final SocketWatch watch = new SocketWatch(BOUNDS);
  private final ScheduledThreadPoolExecutor timeouts =
      new ScheduledThreadPoolExecutor(1, daemons());

  public ProcedureStepScu(String host, int port, String calledAeTitle) {
    this.host = host;
    this.port = port;
    this.calledAeTitle = calledAeTitle;
    // A time that was stopped would hold its association until it is up.
    timeouts.setRemoveOnCancelPolicy(true);
  }

  /** One exchange on an association. */
  @FunctionalInterface
  private interface Exchange {
    DimseRSP with(Association association) throws IOException, InterruptedException;
  }

  @Override
  public Answer create(String caller, String uid, DataSet attributes) {
    Attributes data = MessageDataSet.of(attributes);
    return one(
        caller,
        association ->
            association.ncreate(
                ProcedureStepMessages.PUSH, uid.isEmpty() ? null : uid, data, SYNTAX));
  }

  @Override
  public Answer get(String caller, String uid) {
    return one(
        caller,
        association ->
            association.nget(ProcedureStepMessages.PULL, ProcedureStepMessages.PUSH, uid, null));
  }

  @Override
  public Answer set(String caller, String uid, DataSet changes) {
    Attributes data = MessageDataSet.of(changes);
    return one(
        caller,
        association ->
            association.nset(
                ProcedureStepMessages.PULL, ProcedureStepMessages.PUSH, uid, data, SYNTAX));
  }

  @Override
  public Answer changeState(String caller, String uid, DataSet action) {
    return action(caller, ProcedureStepMessages.PULL, uid, 1, action);
  }

  @Override
  public Answer requestCancel(String caller, String uid, DataSet action) {
    return action(caller, ProcedureStepMessages.PUSH, uid, 2, action);
  }

  /** N-ACTION, type 3: wishes to be told of a step by event reports. */
  public Answer subscribe(String caller, String uid, DataSet action) {
    return action(caller, ProcedureStepMessages.WATCH, uid, 3, action);
  }

  private Answer action(String caller, String sopClass, String uid, int type, DataSet action) {
    Attributes data = MessageDataSet.of(action);
    return one(
        caller,
        association ->
            association.naction(sopClass, ProcedureStepMessages.PUSH, uid, type, data, SYNTAX));
  }

  @Override
  public Answer find(String caller, DataSet keys, Predicate<DataSet> taken) {
    Attributes data = MessageDataSet.of(keys);
    return exchange(
        caller,
        association ->
            association.cfind(ProcedureStepMessages.PULL, 0, data, SYNTAX, Integer.MAX_VALUE),
        taken);
  }

  private Answer one(String caller, Exchange exchange) {
    return exchange(caller, exchange, match -> true);
  }

  private Answer exchange(String caller, Exchange exchange, Predicate<DataSet> taken) {
    Association association = open(caller);
    try {
      DimseRSP response = RequestorNode.invoke(() -> exchange.with(association));
      Attributes answered = null;
      while (response.next()) {
        Attributes data = response.getDataset();
        if (!isPending(response)) {
          answered = data;
        } else if (data != null && !taken.test(MessageDataSet.from(data))) {
          response.cancel(association);
        }
      }
      return answer(response.getCommand(), answered);
    } catch (IOException e) {
      throw unavailable(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable(e);
    } finally {
      release(association);
    }
  }

  private static boolean isPending(DimseRSP response) {
    return (response.getCommand().getInt(Tag.Status, 0) & 0xFF00) == 0xFF00;
  }

  private static Answer answer(Attributes command, @Nullable Attributes data) {
    return new Answer(
        command.getInt(Tag.Status, -1),
        command.getString(Tag.AffectedSOPInstanceUID, ""),
        command.getString(Tag.ErrorComment, ""),
        data == null ? List.of() : List.of(MessageDataSet.from(data)));
  }

  private Association open(String caller) {
    var device = new Device("firstpass-performer");
    DimseConnection local = DimseConnection.calling(BOUNDS, null, watch, null);
    local.setConnectTimeout(TIMEOUT_MS);
    local.setAcceptTimeout(TIMEOUT_MS);
    local.setResponseTimeout(TIMEOUT_MS);
    local.setReleaseTimeout(TIMEOUT_MS);
    var entity = new ApplicationEntity(caller);
    device.addConnection(local);
    device.addApplicationEntity(entity);
    device.setExecutor(threads);
    device.setScheduledExecutor(timeouts);
    entity.addConnection(local);
    var request = new AAssociateRQ();
    request.setCallingAET(caller);
    request.setCalledAET(calledAeTitle);
    int id = 1;
    for (String sopClass :
        List.of(
            ProcedureStepMessages.PUSH, ProcedureStepMessages.PULL, ProcedureStepMessages.WATCH)) {
      request.addPresentationContext(new PresentationContext(id, sopClass, SYNTAX));
      id += 2;
    }
    try {
      return entity.connect(new Connection(null, host, port), request);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable(e);
    } catch (Exception e) {
      // The two editions of the toolkit declare different exceptions here.
      throw unavailable(e);
    }
  }

  private static void release(Association association) {
    try {
      if (association.isReadyForDataTransfer()) {
        association.release();
      }
    } catch (IOException e) {
      association.abort();
    }
  }

  private TryAgainLater unavailable(Exception cause) {
    return new TryAgainLater(
        ReasonCode.PEER_UNAVAILABLE,
        "the worklist " + calledAeTitle + " at " + host + ":" + port + " cannot be asked",
        cause);
  }

  private static ThreadFactory daemons() {
    return task -> {
      var thread = new Thread(task, "worklist-scu");
      thread.setDaemon(true);
      return thread;
    };
  }

  @Override
  public void close() {
    threads.shutdown();
    timeouts.shutdownNow();
    watch.close();
  }
}
