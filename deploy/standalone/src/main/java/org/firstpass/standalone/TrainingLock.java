package org.firstpass.standalone;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import org.firstpass.standalone.TrainingRefused.Reason;

/** Held while a version is trained; it ends with the process, however that ends. */
final class TrainingLock implements AutoCloseable {
  private final FileChannel channel;

  private TrainingLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * @throws TrainingRefused if another process, or another thread of this one, has it
   */
  static TrainingLock of(TrainingFolder folder, String label) throws IOException {
    Files.createDirectories(folder.root());
    FileChannel channel =
        FileChannel.open(folder.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (!isTaken(channel)) {
      return new TrainingLock(channel);
    }
    channel.close();
    throw new TrainingRefused(
        Reason.UNDER_WAY, label + " is being trained already (its log: " + folder.log() + ")");
  }

  private static boolean isTaken(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() == null;
    } catch (OverlappingFileLockException e) {
      return true;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
