package org.firstpass.dicom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.dcm4che3.data.Tag;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.DimseRSP;
import org.firstpass.dicom.TestCertificates.Identity;
import org.firstpass.dicom.dataset.DataSet;
import org.firstpass.dicom.tls.CertificateMark;
import org.firstpass.failure.TryAgainLater;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The worklist over TLS, beside its port without. */
final class ProcedureStepTlsTest {
  private static final String TITLE = "FIRSTPASS_WL";

  @TempDir static Path keys;
  private static Identity server;
  private static Identity client;
  private static Identity stranger;

  @BeforeAll
  static void makeKeys() {
    var certificates = new TestCertificates(keys);
    server = certificates.make("server", "ip:127.0.0.1");
    client = certificates.make("client", "dns:workstation");
    stranger = certificates.make("stranger", "dns:stranger");
  }

  @Test
  void aCallerThatShowsItsCertificateAsksForAWorkitem() throws Exception {
    try (ProcedureStepScp scp = started()) {
      int port = scp.tlsPort().orElseThrow();
      assertEquals("1.2.3", asked(at(port).over(client.trusting(server))));
    }
  }

  @Test
  void whoShowsAnotherCertificateOrComesWithoutTlsIsRejected() {
    try (ProcedureStepScp scp = started()) {
      int port = scp.tlsPort().orElseThrow();
      assertThrows(TryAgainLater.class, () -> asked(at(port).over(stranger.trusting(server))));
      assertThrows(TryAgainLater.class, () -> asked(at(scp.port())));
    }
  }

  private static ProcedureStepScp started() {
    var rule =
        new AccessRule(
            "WS1", List.of(), List.of(CertificateMark.Fingerprint.of(client.x509())), Set.of(), 0);
    var tls = new TlsListener(0, server.trusting(client, stranger), ClientCertificate.REQUIRED);
    var place =
        new ProcedureStepScp.Place(TITLE, "127.0.0.1", 0, tls, new AccessList(List.of(rule)));
    var scp = new ProcedureStepScp(place, new Answering());
    scp.start();
    return scp;
  }

  private static DicomPeer at(int port) {
    return new DicomPeer("127.0.0.1", port, TITLE, "WS1");
  }

  private static String asked(DicomPeer peer) throws Exception {
    try (var node = new RequestorNode(peer)) {
      Association association = node.open(ProcedureStepMessages.PUSH, false);
      DimseRSP response =
          association.nget(ProcedureStepMessages.PUSH, ProcedureStepMessages.PUSH, "1.2.3", null);
      response.next();
      String uid = response.getCommand().getString(Tag.AffectedSOPInstanceUID);
      node.release(association);
      return uid;
    }
  }

  /** Success, whatever is asked. */
  private static final class Answering implements ProcedureStepService {
    @Override
    public Answer create(String caller, String uid, DataSet attributes) {
      return Answer.success(uid);
    }

    @Override
    public Answer get(String caller, String uid) {
      return Answer.success(uid);
    }

    @Override
    public Answer set(String caller, String uid, DataSet changes) {
      return Answer.success(uid);
    }

    @Override
    public Answer changeState(String caller, String uid, DataSet action) {
      return Answer.success(uid);
    }

    @Override
    public Answer requestCancel(String caller, String uid, DataSet action) {
      return Answer.success(uid);
    }

    @Override
    public Answer subscribe(String caller, String uid, DataSet action) {
      return Answer.success(uid);
    }

    @Override
    public Answer unsubscribe(String caller, String uid, DataSet action) {
      return Answer.success(uid);
    }

    @Override
    public Answer suspend(String caller, String uid, DataSet action) {
      return Answer.success(uid);
    }

    @Override
    public Answer find(String caller, DataSet keys, Predicate<DataSet> taken) {
      return Answer.success("");
    }
  }
}
