package org.firstpass.dicom;

import java.net.Socket;
import java.net.SocketException;
import javax.net.ssl.SSLSocket;
import org.dcm4che3.net.Connection;
import org.firstpass.dicom.tls.TlsMaterial;

/**
 * A connection of the toolkit whose sockets do not wait for ever, and whose TLS is the profile of
 * {@link TlsMaterial}.
 */
final class DimseConnection extends Connection {
  private static final long serialVersionUID = 1L;

  private final int silenceMillis;
  private final boolean wantsClientCertificate;

  private DimseConnection(int silenceMillis, boolean wantsClientCertificate) {
    this.silenceMillis = silenceMillis;
    this.wantsClientCertificate = wantsClientCertificate;
    setSendPDULength(StorageScp.PDU_LENGTH);
    setReceivePDULength(StorageScp.PDU_LENGTH);
  }

  /** One whose peer may be silent so long, in the handshake too. */
  static DimseConnection of(int silenceMillis) {
    return new DimseConnection(silenceMillis, false);
  }

  /** One that listens with TLS. */
  static DimseConnection listening(int silenceMillis, ClientCertificate clients) {
    var connection = new DimseConnection(silenceMillis, clients == ClientCertificate.OPTIONAL);
    connection.setTlsNeedClientAuth(clients == ClientCertificate.REQUIRED);
    return connection.secured();
  }

  DimseConnection secured() {
    secure(this);
    return this;
  }

  static void secure(Connection connection) {
    connection.setTlsProtocols(TlsMaterial.protocols());
    connection.setTlsCipherSuites(TlsMaterial.suites());
  }

  // The one place where the toolkit hands out each socket before its handshake.
  @Override
  public void setSocketSendOptions(Socket socket) throws SocketException {
    super.setSocketSendOptions(socket);
    socket.setSoTimeout(silenceMillis);
    if (wantsClientCertificate && socket instanceof SSLSocket tls) {
      tls.setWantClientAuth(true);
    }
  }
}
