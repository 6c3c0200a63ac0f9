package org.firstpass.dicom;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.DataWriter;
import org.dcm4che3.net.DataWriterAdapter;
import org.dcm4che3.net.DimseRSP;
import org.dcm4che3.net.InputStreamDataWriter;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.TryAgainLater;
import org.jspecify.annotations.Nullable;

/**
 * Stores one object with a peer, and asks a peer whether it has one. Whatever the peer does, both
 * end when their time is up.
 *
 * @see "PS3.4 annexes B and C"
 */
public final class ObjectScu {
  /** Study Root Query/Retrieve Information Model – FIND. */
  private static final String FIND = "1.2.840.10008.5.1.4.1.2.2.1";

  private static final int PRIORITY_MEDIUM = 0;
  private static final int PENDING = 0xFF00;
  private static final int PENDING_MASK = 0xFFFE;

  private ObjectScu() {}

  /**
   * C-STORE: sends an object in the first of its forms whose transfer syntax the peer takes. A form
   * in Explicit VR Little Endian is also offered in Implicit VR, which every peer has to take.
   *
   * @param forms the same object (one SOP Instance UID) in different transfer syntaxes, the
   *     preferred one first
   * @return {@link StoreAnswer#NOT_TAKEN} if no form was taken
   * @throws TryAgainLater PEER_UNAVAILABLE if the peer rejects or breaks the association, or takes
   *     longer
   */
  public static StoreAnswer store(DicomPeer peer, List<InstanceSource> forms, Duration limit) {
    List<Form> offered = Form.of(forms);
    List<OutgoingFile.Syntax> syntaxes = offered.stream().map(Form::syntax).distinct().toList();
    return inTime(peer, syntaxes, limit, association -> store(association, offered));
  }

  private static StoreAnswer store(Association association, List<Form> forms)
      throws IOException, InterruptedException {
    for (Form form : forms) {
      OutgoingFile.Syntax syntax = form.syntax();
      if (association.getTransferSyntaxesFor(syntax.sopClass()).contains(syntax.transferSyntax())) {
        try (InputStream dataset = form.dataset()) {
          DimseRSP response =
              RequestorNode.invoke(
                  () ->
                      association.cstore(
                          syntax.sopClass(),
                          form.header().uid(Tag.SOPInstanceUID),
                          PRIORITY_MEDIUM,
                          form.writer(dataset),
                          syntax.transferSyntax()));
          return StoreAnswer.ofStatus(RequestorNode.onlyStatus(association, response) & 0xFFFF);
        }
      }
    }
    return StoreAnswer.NOT_TAKEN;
  }

  /**
   * C-FIND at instance level: whether the peer knows of an object.
   *
   * @throws TryAgainLater PEER_UNAVAILABLE if the peer does not answer in time, or fails the query
   */
  public static boolean holds(DicomPeer peer, ObjectIdentity object, Duration limit) {
    var syntax = new OutgoingFile.Syntax(FIND, UID.ImplicitVRLittleEndian);
    return inTime(peer, List.of(syntax), limit, association -> holds(association, peer, object));
  }

  private static boolean holds(Association association, DicomPeer peer, ObjectIdentity object)
      throws IOException, InterruptedException {
    if (association.getTransferSyntaxesFor(FIND).isEmpty()) {
      throw unavailable(peer, "does not answer queries (C-FIND, study root)", null);
    }
    var keys = new Attributes();
    keys.setString(Tag.QueryRetrieveLevel, VR.CS, "IMAGE");
    keys.setString(Tag.StudyInstanceUID, VR.UI, object.reference().study().value());
    keys.setString(Tag.SeriesInstanceUID, VR.UI, object.reference().series().value());
    keys.setString(Tag.SOPInstanceUID, VR.UI, object.instance().value());
    DimseRSP response =
        RequestorNode.invoke(
            () -> association.cfind(FIND, PRIORITY_MEDIUM, keys, UID.ImplicitVRLittleEndian, 0));
    boolean found = false;
    while (response.next()) {
      int status = response.getCommand().getInt(Tag.Status, -1);
      Attributes match = response.getDataset();
      if ((status & PENDING_MASK) == PENDING && match != null) {
        found |= object.instance().value().equals(match.getString(Tag.SOPInstanceUID));
      }
    }
    int status = response.getCommand().getInt(Tag.Status, -1);
    if (status != 0 && (status & PENDING_MASK) != PENDING) {
      throw unavailable(peer, "answered the query with status %04XH".formatted(status), null);
    }
    return found;
  }

  /** What is done over one association. */
  private interface Exchange<T> {
    T over(Association association) throws IOException, InterruptedException;
  }

  private static <T> T inTime(
      DicomPeer peer, List<OutgoingFile.Syntax> syntaxes, Duration limit, Exchange<T> exchange) {
    long end = System.nanoTime() + limit.toNanos();
    try (var network = new RequestorNode(peer, limit)) {
      Association association = network.open(syntaxes);
      Future<?> watch = network.cutAt(association, end);
      try {
        T answer = exchange.over(association);
        network.release(association);
        return answer;
      } catch (IOException e) {
        String what =
            end - System.nanoTime() <= 0
                ? "took longer than " + limit.toSeconds() + " s"
                : "broke the association";
        throw unavailable(peer, what, e);
      } finally {
        watch.cancel(false);
        RequestorNode.cut(association);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable(peer, "was not waited for", e);
    }
  }

  private static TryAgainLater unavailable(DicomPeer peer, String what, @Nullable Exception cause) {
    return new TryAgainLater(ReasonCode.PEER_UNAVAILABLE, peer + " " + what, cause);
  }

  /**
   * An object in a transfer syntax, from a file in that one or in another that is only repacked.
   */
  private record Form(InstanceSource file, HeaderReading header, String transferSyntax) {
    static List<Form> of(List<InstanceSource> files) {
      List<Form> forms = new ArrayList<>();
      for (InstanceSource file : files) {
        HeaderReading header = HeaderReading.parse(file);
        forms.add(new Form(file, header, header.transferSyntax()));
        if (header.transferSyntax().equals(UID.ExplicitVRLittleEndian)) {
          forms.add(new Form(file, header, UID.ImplicitVRLittleEndian));
        }
      }
      return forms;
    }

    OutgoingFile.Syntax syntax() {
      return new OutgoingFile.Syntax(header.uid(Tag.SOPClassUID), transferSyntax);
    }

    InputStream dataset() {
      return FileInstance.dataset(file, header);
    }

    DataWriter writer(InputStream dataset) throws IOException {
      if (transferSyntax.equals(header.transferSyntax())) {
        return new InputStreamDataWriter(dataset);
      }
      return new DataWriterAdapter(ObjectContent.read(file));
    }
  }
}
