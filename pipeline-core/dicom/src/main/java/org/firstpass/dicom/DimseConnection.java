package org.firstpass.dicom;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import javax.net.ssl.SSLSocket;
import org.dcm4che3.net.Connection;
import org.firstpass.dicom.tls.TlsMaterial;
import org.jspecify.annotations.Nullable;

/**
 * A connection of the toolkit whose sockets do not wait for ever, and whose TLS is the profile of
 * {@link TlsMaterial}.
 */
final class DimseConnection extends Connection {
  private static final long serialVersionUID = 1L;

  private final int silenceMillis;
  private final boolean wantsClientCertificate;
  private final transient @Nullable ReceiveMeter meter;

  private DimseConnection(
      int silenceMillis, boolean wantsClientCertificate, @Nullable ReceiveMeter meter) {
    this.silenceMillis = silenceMillis;
    this.wantsClientCertificate = wantsClientCertificate;
    this.meter = meter;
    setSendPDULength(StorageScp.PDU_LENGTH);
    setReceivePDULength(StorageScp.PDU_LENGTH);
  }

  /** One whose peer may be silent so long, in the handshake too. */
  static DimseConnection of(int silenceMillis) {
    return new DimseConnection(silenceMillis, false, null);
  }

  /** One that connects to a peer of which all that comes is counted. */
  static DimseConnection metered(int silenceMillis, ReceiveMeter meter) {
    return new DimseConnection(silenceMillis, false, meter);
  }

  /** One that listens with TLS. */
  static DimseConnection listening(int silenceMillis, ClientCertificate clients) {
    var connection =
        new DimseConnection(silenceMillis, clients == ClientCertificate.OPTIONAL, null);
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

  @Override
  public Socket connect(Connection remote) throws IOException {
    Socket socket;
    try {
      socket = super.connect(remote);
    } catch (IOException e) {
      throw e;
    } catch (Exception e) {
      // The two editions of the toolkit declare different exceptions here.
      throw new IOException(e.getMessage(), e);
    }
    return meter == null ? socket : new MeteredSocket(socket, meter);
  }
}
