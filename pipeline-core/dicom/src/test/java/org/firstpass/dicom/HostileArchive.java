package org.firstpass.dicom;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.dcm4che3.io.DicomEncodingOptions;
import org.dcm4che3.io.DicomOutputStream;
import org.dcm4che3.net.ApplicationEntity;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.Connection;
import org.dcm4che3.net.Device;
import org.dcm4che3.net.Dimse;
import org.dcm4che3.net.PDVInputStream;
import org.dcm4che3.net.TransferCapability;
import org.dcm4che3.net.pdu.AAssociateAC;
import org.dcm4che3.net.pdu.AAssociateRQ;
import org.dcm4che3.net.pdu.PresentationContext;
import org.dcm4che3.net.pdu.RoleSelection;
import org.dcm4che3.net.service.AbstractDicomService;
import org.dcm4che3.net.service.DicomServiceRegistry;
import org.jspecify.annotations.Nullable;

/** An archive that takes every request and then does what a test tells it to. */
final class HostileArchive implements AutoCloseable {
  static final int PENDING = 0xFF00;

  private final Device device = new Device("hostile");
  private final Connection connection = new Connection();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final ScheduledExecutorService timeouts = Executors.newSingleThreadScheduledExecutor();

  /** What it does with a request, on a thread of its own. */
  interface Behaviour {
    void answer(Request request) throws IOException, InterruptedException;
  }

  HostileArchive(Behaviour behaviour) throws Exception {
    connection.setHostname("127.0.0.1");
    connection.setBindAddress("127.0.0.1");
    connection.setPort(TestNetwork.freePort());
    device.addConnection(connection);
    var entity = new Entity();
    entity.addConnection(connection);
    device.addApplicationEntity(entity);
    var services = new DicomServiceRegistry();
    services.addDicomService(new Service(behaviour));
    device.setDimseRQHandler(services);
    device.setExecutor(threads);
    device.setScheduledExecutor(timeouts);
    device.bindConnections();
  }

  DicomPeer peer() {
    return new DicomPeer("127.0.0.1", connection.getPort(), "HOSTILE", "FIRSTPASS");
  }

  @Override
  public void close() {
    device.unbindConnections();
    threads.shutdownNow();
    timeouts.shutdownNow();
  }

  /** Takes every presentation context, and the requestor as provider. */
  private static final class Entity extends ApplicationEntity {
    private static final long serialVersionUID = 1L;

    Entity() {
      super("HOSTILE");
      setAssociationAcceptor(true);
      addTransferCapability(new TransferCapability(null, "*", TransferCapability.Role.SCP, "*"));
    }

    @Override
    protected PresentationContext negotiate(
        AAssociateRQ request, AAssociateAC answer, PresentationContext proposed) {
      String uid = proposed.getAbstractSyntax();
      RoleSelection roles = request.getRoleSelectionFor(uid);
      if (roles != null && answer.getRoleSelectionFor(uid) == null) {
        answer.addRoleSelection(new RoleSelection(uid, roles.isSCU(), roles.isSCP()));
      }
      return new PresentationContext(
          proposed.getPCID(), PresentationContext.ACCEPTANCE, proposed.getTransferSyntax());
    }
  }

  private final class Service extends AbstractDicomService {
    private final Behaviour behaviour;

    Service(Behaviour behaviour) {
      super(
          UID.StudyRootQueryRetrieveInformationModelFIND,
          UID.StudyRootQueryRetrieveInformationModelMOVE,
          UID.StudyRootQueryRetrieveInformationModelGET,
          UID.PatientRootQueryRetrieveInformationModelFIND,
          UID.PatientRootQueryRetrieveInformationModelMOVE,
          UID.PatientRootQueryRetrieveInformationModelGET);
      this.behaviour = behaviour;
    }

    @Override
    public void onDimseRQ(
        Association association,
        PresentationContext context,
        Dimse dimse,
        Attributes command,
        @Nullable PDVInputStream data)
        throws IOException {
      Attributes keys = data == null ? new Attributes() : BoundedDataset.read(data, context);
      var request = new Request(association, context, command, keys, new CountDownLatch(1));
      association.addCancelRQHandler(
          command.getInt(Tag.MessageID, 0), cancelling -> request.cancelled().countDown());
      threads.execute(
          () -> {
            try {
              behaviour.answer(request);
            } catch (IOException e) {
              // The other side is gone.
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          });
    }

    @Override
    protected void onDimseRQ(
        Association association,
        PresentationContext context,
        Dimse dimse,
        Attributes command,
        Attributes data) {
      throw new IllegalStateException("data sets are read by the other method");
    }
  }

  /** One request, and ways to answer it. */
  record Request(
      Association association,
      PresentationContext context,
      Attributes command,
      Attributes keys,
      CountDownLatch cancelled) {

    boolean isCancelled() {
      return cancelled.getCount() == 0;
    }

    void answer(int status, @Nullable Attributes data) throws IOException {
      association.writeDimseRSP(context, response(status, data != null), data);
    }

    /** A response with how far a retrieval is. */
    void progress(int status, int remaining, int completed, int failed) throws IOException {
      Attributes response = response(status, false);
      response.setInt(Tag.NumberOfRemainingSuboperations, VR.US, remaining);
      response.setInt(Tag.NumberOfCompletedSuboperations, VR.US, completed);
      response.setInt(Tag.NumberOfFailedSuboperations, VR.US, failed);
      association.writeDimseRSP(context, response);
    }

    /** A pending response whose data set are these bytes, so often, in one message. */
    void bytes(byte[] data, int times) throws IOException {
      var command = new ByteArrayOutputStream();
      try (var out = new DicomOutputStream(command, UID.ImplicitVRLittleEndian)) {
        out.setEncodingOptions(DicomEncodingOptions.DEFAULT);
        out.writeCommand(response(PENDING, true));
      }
      OutputStream socket = association.getSocket().getOutputStream();
      socket.write(pdu(command.toByteArray(), 3));
      for (int i = 1; i <= times; i++) {
        socket.write(pdu(data, i == times ? 2 : 0));
      }
      socket.flush();
    }

    /** P-DATA-TF with one fragment (PS3.8 9.3.5). */
    private byte[] pdu(byte[] fragment, int header) throws IOException {
      var bytes = new ByteArrayOutputStream();
      var out = new DataOutputStream(bytes);
      out.writeByte(4);
      out.writeByte(0);
      out.writeInt(fragment.length + 6);
      out.writeInt(fragment.length + 2);
      out.writeByte(context.getPCID());
      out.writeByte(header);
      out.write(fragment);
      return bytes.toByteArray();
    }

    private Attributes response(int status, boolean withData) {
      var response = new Attributes();
      response.setString(
          Tag.AffectedSOPClassUID, VR.UI, command.getString(Tag.AffectedSOPClassUID));
      response.setInt(Tag.CommandField, VR.US, command.getInt(Tag.CommandField, 0) | 0x8000);
      response.setInt(Tag.MessageIDBeingRespondedTo, VR.US, command.getInt(Tag.MessageID, 0));
      response.setInt(Tag.CommandDataSetType, VR.US, withData ? 0 : 0x0101);
      response.setInt(Tag.Status, VR.US, status);
      return response;
    }

    /** Closes the connection as if the machine had gone. */
    void hangUp() throws IOException {
      association.getSocket().close();
    }

    /** A match at study level. */
    static Attributes study(String uid, String patient, String modality) {
      var match = new Attributes();
      match.setString(Tag.QueryRetrieveLevel, VR.CS, "STUDY");
      match.setString(Tag.StudyInstanceUID, VR.UI, uid);
      match.setString(Tag.PatientID, VR.LO, patient);
      match.setString(Tag.ModalitiesInStudy, VR.CS, modality);
      match.setString(Tag.StudyDate, VR.DA, "20260304");
      return match;
    }
  }
}
