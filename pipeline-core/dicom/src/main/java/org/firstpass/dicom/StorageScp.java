package org.firstpass.dicom;

/** placeholder */
public final class StorageScp implements AutoCloseable {
  public StorageScp(ScpConfig config, InstanceReceiver receiver) {}

  public void start() {
    throw new UnsupportedOperationException();
  }

  public int port() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {}
}
