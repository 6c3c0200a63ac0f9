package org.firstpass.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.firstpass.failure.Defect;
import org.firstpass.failure.ReasonCode;
import org.firstpass.study.Sha256;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileObjectStoreTest extends ObjectStoreContract {
  @TempDir Path folder;
  private FileObjectStore store;

  @BeforeEach
  void open() {
    store = new FileObjectStore(folder.resolve("objects"));
  }

  @Override
  ObjectStore store() {
    return store;
  }

  private Path file(Sha256 digest) {
    String hex = digest.hex();
    Path objects = folder.resolve("objects");
    return objects.resolve(hex.substring(0, 3)).resolve(hex);
  }

  private long staged() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("objects").resolve("staging"))) {
      return files.count();
    }
  }

  @Test
  void anObjectLiesUnderTheFirstDigitsOfItsName() throws IOException {
    byte[] content = content(10);
    store.put(content, "a/b");
    assertArrayEquals(content, Files.readAllBytes(file(Sha256.of(content))));
    assertEquals(0, staged());
  }

  @Test
  void damageIsFoundWhenItIsRead() throws IOException {
    Sha256 digest = store.put(content(1000), "a/b").digest();
    byte[] damaged = content(1000);
    damaged[500] ^= 1;
    Files.write(file(digest), damaged);
    Defect defect = assertThrows(Defect.class, () -> store.read(digest));
    assertEquals(ReasonCode.OBJECT_MISSING, defect.code());
    try (InputStream in = store.open(digest)) {
      assertThrows(IOException.class, in::readAllBytes);
    }
  }

  @Test
  void whatAnotherProcessStoredIsThere() {
    byte[] content = content(99);
    Sha256 digest = store.put(content, "a/b").digest();
    assertArrayEquals(content, new FileObjectStore(folder.resolve("objects")).read(digest));
  }

  @Test
  void partsThatADeadProcessLeftAreCleared() throws IOException {
    StagedObject abandoned = store.stage(new ByteArrayInputStream(content(5)));
    assertEquals(1, staged());
    store.clearStaging();
    assertEquals(0, staged());
    assertTrue(abandoned.size() == 5);
  }
}
