package org.firstpass.dicom;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;

/** A receiver that keeps what it gets. */
final class Collected implements InstanceReceiver {
  final Map<String, byte[]> files = new ConcurrentHashMap<>();
  final List<IncomingInstance> instances = new CopyOnWriteArrayList<>();
  final BlockingQueue<RuntimeException> broken = new LinkedBlockingQueue<>();

  @Override
  public void receive(IncomingInstance instance) {
    try {
      files.put(instance.instance().value(), instance.part10().readAllBytes());
      instances.add(instance);
    } catch (IOException e) {
      var failure = new UncheckedIOException(e);
      broken.add(failure);
      throw failure;
    }
  }
}
