package org.firstpass.dicom;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import org.dcm4che3.net.Connection;
import org.firstpass.dicom.tls.TlsMaterial;
import org.firstpass.dicom.wire.Bounds;
import org.firstpass.dicom.wire.GuardedSocket;
import org.firstpass.dicom.wire.Layer;
import org.firstpass.dicom.wire.SocketWatch;
import org.jspecify.annotations.Nullable;

/**
 * A connection of the toolkit over sockets of ours, whose peers are not waited for without end. The
 * toolkit neither listens, nor connects, nor speaks TLS.
 */
final class DimseConnection extends Connection {
  private static final long serialVersionUID = 1L;

  /** What the toolkit does with a socket that was accepted. */
  private static final Accepted TOOLKIT = toolkit();

  private final transient Bounds bounds;
  private final transient @Nullable TlsMaterial tls;
  private final transient @Nullable SocketWatch watch;
  private final transient @Nullable ReceiveMeter meter;

  private DimseConnection(
      Bounds bounds,
      @Nullable TlsMaterial tls,
      @Nullable SocketWatch watch,
      @Nullable ReceiveMeter meter) {
    this.bounds = bounds;
    this.tls = tls;
    this.watch = watch;
    this.meter = meter;
    setSendPDULength(StorageScp.PDU_LENGTH);
    setReceivePDULength(StorageScp.PDU_LENGTH);
  }

  /** One whose sockets are accepted by us. */
  static DimseConnection accepting(Bounds bounds) {
    var connection = new DimseConnection(bounds, null, null, null);
    connection.setRequestTimeout((int) bounds.associate().toMillis());
    connection.setIdleTimeout((int) bounds.idle().toMillis());
    // Of what we ask on associations that others opened.
    connection.setResponseTimeout((int) bounds.idle().toMillis());
    connection.setReleaseTimeout(StorageScp.RELEASE_MS);
    return connection;
  }

  /**
   * One that connects to a peer.
   *
   * @param tls null: without TLS
   * @param meter counts all that comes; null: nobody does
   */
  static DimseConnection calling(
      Bounds bounds, @Nullable TlsMaterial tls, SocketWatch watch, @Nullable ReceiveMeter meter) {
    return new DimseConnection(bounds, tls, watch, meter);
  }

  /** Runs an association on a socket that was accepted, until it has ended. */
  void serve(GuardedSocket socket) throws IOException {
    TOOLKIT.accept(this, socket);
  }

  @Override
  public Socket connect(Connection remote) throws IOException {
    if (watch == null) {
      throw new IOException("this connection is for associations of others");
    }
    var server = new InetSocketAddress(remote.getHostname(), remote.getPort());
    var layer = new Called(server, tls, meter);
    return GuardedSocket.connect(server, getConnectTimeout(), layer, bounds, watch);
  }

  /** What is spoken with a server, and who counts. */
  private record Called(
      InetSocketAddress server, @Nullable TlsMaterial tls, @Nullable ReceiveMeter meter)
      implements Layer {
    @Override
    public Socket on(Socket tcp) throws IOException {
      return tls == null ? tcp : tls.calling(tcp, server.getHostString(), server.getPort());
    }

    @Override
    public InputStream received(InputStream in) {
      return meter == null ? in : meter.measure(in);
    }
  }

  @FunctionalInterface
  private interface Accepted {
    void accept(Connection connection, Socket socket) throws IOException;
  }

  /** Its type has another name in each edition of the toolkit, so it is never named. */
  private static Accepted toolkit() {
    var handler = Connection.unregisterTCPProtocolHandler(Connection.Protocol.DICOM);
    Connection.registerTCPProtocolHandler(Connection.Protocol.DICOM, handler);
    return handler::onAccept;
  }
}
