package org.firstpass.dicom;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.concurrent.TimeUnit;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.PDVInputStream;
import org.dcm4che3.net.pdu.PresentationContext;
import org.dcm4che3.net.service.BasicCStoreSCP;
import org.firstpass.failure.FirstpassFailure;
import org.firstpass.study.Sender;
import org.firstpass.study.SopClassUid;
import org.firstpass.study.SopInstanceUid;
import org.firstpass.study.TransferSyntaxUid;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** C-STORE: hands what comes to the receiver and turns its answer into a status. */
class IncomingStore extends BasicCStoreSCP {
  private static final long DRAIN_MS = 10_000;
  private static final long ROOM_SECONDS = 20;
  private static final Logger LOG = LoggerFactory.getLogger(IncomingStore.class);

  private final InstanceReceiver receiver;
  private final ScpWatch watch;
  private final InFlight inFlight;

  IncomingStore(InstanceReceiver receiver, ScpLimits limits, ScpWatch watch) {
    super("*");
    this.receiver = receiver;
    this.watch = watch;
    this.inFlight = new InFlight(limits.instances());
  }

  @Override
  protected void store(
      Association association,
      PresentationContext context,
      Attributes request,
      @Nullable PDVInputStream data,
      Attributes response)
      throws IOException {
    if (data == null) {
      refuse(response, StoreStatus.NO_DATA_SET);
      return;
    }
    StoreStatus status = StoreStatus.BUSY;
    // While it waits nothing is read, so the sender waits too.
    if (inFlight.begin(ROOM_SECONDS, TimeUnit.SECONDS)) {
      try {
        status = receive(association, context, request, data);
      } finally {
        inFlight.end();
      }
    } else {
      watch.busy();
    }
    // A peer that still sends may not read its answer, so the rest is taken first.
    data.skipAll();
    if (!status.isSuccess()) {
      refuse(response, status);
    }
  }

  private static void refuse(Attributes response, StoreStatus status) {
    response.setInt(Tag.Status, VR.US, status.code());
    response.setString(Tag.ErrorComment, VR.LO, status.comment());
  }

  /** How many instances are being received now. */
  int underWay() {
    return inFlight.count();
  }

  /** Waits until nothing is being received, or for long enough. */
  void drain() {
    inFlight.awaitNone(DRAIN_MS, TimeUnit.MILLISECONDS);
  }

  private StoreStatus receive(
      Association association, PresentationContext context, Attributes request, PDVInputStream data)
      throws IOException {
    String announcedClass = request.getString(Tag.AffectedSOPClassUID, "");
    String announcedInstance = request.getString(Tag.AffectedSOPInstanceUID, "");
    if (!announcedClass.equals(negotiatedClass(association, context))) {
      return StoreStatus.WRONG_CLASS;
    }
    if (!DicomUids.hasShape(announcedInstance)) {
      return StoreStatus.INVALID_INSTANCE;
    }
    var sopClass = new SopClassUid(announcedClass);
    var instance = new SopInstanceUid(announcedInstance);
    var transferSyntax = new TransferSyntaxUid(context.getTransferSyntax());
    var network = new NetworkStream(data);
    var dataset = new AnnouncedDataset(network, transferSyntax);
    if (!dataset.matches(sopClass, instance)) {
      return StoreStatus.MISMATCH;
    }
    InputStream part10 =
        new SequenceInputStream(
            new ByteArrayInputStream(Part10.header(sopClass, instance, transferSyntax)),
            dataset.bytes());
    return answer(
        new IncomingInstance(
            Sender.ofAeTitle(association.getRemoteAET()),
            association.getLocalAET(),
            sopClass,
            instance,
            transferSyntax,
            part10),
        network);
  }

  private StoreStatus answer(IncomingInstance incoming, NetworkStream network) throws IOException {
    try {
      receiver.receive(incoming);
      network.requireIntact();
      return StoreStatus.SUCCESS;
    } catch (FirstpassFailure e) {
      network.requireIntact();
      LOG.warn(
          "instance {} of class {} from {} not stored: {} {}",
          incoming.instance(),
          incoming.sopClass(),
          incoming.sender(),
          e.code().code(),
          e.getMessage());
      return StoreStatus.of(e);
    } catch (RuntimeException | OutOfMemoryError e) {
      network.requireIntact();
      // The message of a foreign exception may hold anything, so only its type and place are
      // logged.
      LOG.error(
          "instance {} of class {} from {} not stored: {} at {}",
          incoming.instance(),
          incoming.sopClass(),
          incoming.sender(),
          e.getClass().getName(),
          e.getStackTrace().length == 0 ? "an unknown place" : e.getStackTrace()[0]);
      return StoreStatus.of(e);
    }
  }

  private static String negotiatedClass(Association association, PresentationContext context) {
    return association
        .getAAssociateRQ()
        .getPresentationContext(context.getPCID())
        .getAbstractSyntax();
  }
}
