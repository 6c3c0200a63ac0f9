package org.firstpass.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.firstpass.event.ObjectReference;
import org.firstpass.study.Sha256;

/** A staged object in a file of its own. Not safe for use by many threads. */
final class StagedFile implements StagedObject {
  private final FileObjectStore store;
  private final Path file;
  private final Sha256 digest;
  private final long size;

  StagedFile(FileObjectStore store, Path file, Sha256 digest, long size) {
    this.store = store;
    this.file = file;
    this.digest = digest;
    this.size = size;
  }

  @Override
  public Sha256 digest() {
    return digest;
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public InputStream open() throws IOException {
    return Files.newInputStream(file);
  }

  @Override
  public Named name(String mediaType) {
    store.name(file, digest);
    var reference = new ObjectReference(digest, size, mediaType);
    return new Named() {
      @Override
      public ObjectReference reference() {
        return reference;
      }

      @Override
      public void settle() {
        store.settle(digest);
      }
    };
  }

  @Override
  public void close() {
    FileObjectStore.discard(file);
  }
}
