package org.firstpass.inference;

import com.sun.jna.Memory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.firstpass.failure.Defect;
import org.firstpass.failure.ReasonCode;

/**
 * A block of native memory that goes back when it is closed, and not when the collector comes by: a
 * series would otherwise find the tensors of the last ones still resident. Its buffer must not be
 * touched afterwards.
 */
final class NativeMemory implements AutoCloseable {
  private final Memory memory;
  private final ByteBuffer bytes;

  /**
   * @throws Defect OUT_OF_MEMORY if there is none left, or if a tensor is larger than the runtime's
   *     Java interface can take
   */
  NativeMemory(long size) {
    if (size > Integer.MAX_VALUE) {
      throw new Defect(
          ReasonCode.OUT_OF_MEMORY, "a tensor has at most 2 GiB, but needs " + size + " bytes");
    }
    try {
      memory = new Memory(size);
    } catch (OutOfMemoryError e) {
      throw new Defect(
          ReasonCode.OUT_OF_MEMORY, "no native memory for a tensor of " + size + " bytes", e);
    }
    bytes = memory.getByteBuffer(0, size).order(ByteOrder.nativeOrder());
  }

  ByteBuffer bytes() {
    return bytes;
  }

  @Override
  public void close() {
    memory.close();
  }
}
