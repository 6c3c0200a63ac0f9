package org.firstpass.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.firstpass.database.Database;
import org.firstpass.dataset.register.DatasetRegister;
import org.firstpass.dataset.register.VersionDifference;
import org.firstpass.event.ObjectReference;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.TryAgainLater;
import org.firstpass.store.ObjectStore;
import org.firstpass.store.StagedObject;
import org.firstpass.study.Sha256;
import org.firstpass.testing.TestBroker;
import org.firstpass.testing.TestPostgres;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SharedFilesTest extends ExportFixture {
  private Database own;

  @BeforeEach
  void openOwn() {
    own = TestPostgres.database();
  }

  @AfterEach
  void closeOwn() {
    own.close();
  }

  @Test
  void aLaterVersionSharesWhatDidNotChangeAndTheRegisterSaysWhatDid() throws IOException {
    publish(sixPatientsWithTwoSeriesEach());
    DatasetManifest first = make(store, "first");
    publish(List.of(readings.of(Reading.of(1, 1).shifted(1)), readings.of(Reading.of(7, 1))));
    var counting = new FailingStore(store, Integer.MAX_VALUE);
    DatasetManifest second = make(counting, "second");

    String relabelled = nameOf(second, Reading.of(1, 1));
    String added = nameOf(second, Reading.of(7, 1));
    for (DatasetCase one : second.cases()) {
      assertEquals(!one.name().equals(added), isShared(first, second, one.name(), true));
      assertEquals(
          !one.name().equals(added) && !one.name().equals(relabelled),
          isShared(first, second, one.name(), false));
    }
    // One header of each series for its modality, and the five instances of the new one.
    assertTrue(counting.opened.get() <= 13 + 3 * 5, "opened " + counting.opened.get());

    var register = new DatasetRegister(own);
    assertEquals(Optional.of(first.hash()), register.versions().get(0).parent());
    VersionDifference difference =
        VersionDifference.between(
            register.manifest(first.hash()).orElseThrow(),
            register.manifest(second.hash()).orElseThrow());
    assertEquals(
        new VersionDifference(List.of(added), List.of(), List.of(relabelled), List.of(), 11),
        difference);
  }

  @Test
  void sharedFilesMakeTheSameDataSetAsNewOnes() {
    publish(sixPatientsWithTwoSeriesEach());
    make(store, "first");
    publish(List.of(readings.of(Reading.of(1, 1).shifted(1))));
    DatasetManifest shared = make(store, "shared");
    try (Database empty = TestPostgres.database()) {
      DatasetManifest anew =
          new DatasetExport(store, TestBroker.stream(), empty, THIRDS)
              .run(request(DatasetFormat.NNUNET), folder.resolve("anew"), SILENT);
      assertEquals(anew.hash(), shared.hash());
    }
    assertEquals(at("anew").digests(), at("shared").digests());
  }

  @Test
  void aFileThatWasChangedSinceIsNotShared() throws IOException {
    publish(sixPatientsWithTwoSeriesEach());
    DatasetManifest first = make(store, "first");
    DatasetCase one = first.cases().get(0);
    Path image = folder.resolve("first").resolve(one.files().image().path());
    Path other = folder.resolve("first").resolve(first.cases().get(1).files().image().path());
    Files.write(image, Files.readAllBytes(other));

    DatasetManifest second = make(store, "second");

    assertEquals(first.hash(), second.hash());
    Path written = folder.resolve("second").resolve(one.files().image().path());
    assertEquals(one.files().image().niftiDigest(), Sha256.of(ExportedFolder.content(written)));
    assertFalse(Files.isSameFile(image, written));
  }

  @Test
  void anExportThatTheStoreFailedIsTakenUpWhereItStopped() {
    publish(sixPatientsWithTwoSeriesEach());
    var whole = new FailingStore(store, Integer.MAX_VALUE);
    try (Database empty = TestPostgres.database()) {
      new DatasetExport(whole, TestBroker.stream(), empty, THIRDS)
          .run(request(DatasetFormat.NNUNET), folder.resolve("whole"), SILENT);
    }
    var failing = new FailingStore(store, whole.opened.get() * 3 / 4);
    assertThrows(TryAgainLater.class, () -> make(failing, "target"));
    assertFalse(Files.exists(folder.resolve("target")));

    var again = new FailingStore(store, Integer.MAX_VALUE);
    make(again, "target");

    assertTrue(
        again.opened.get() < whole.opened.get() * 3 / 4,
        again.opened.get() + " of " + whole.opened.get() + " were opened again");
    assertEquals(at("whole").digests(), at("target").digests());
    assertEquals(
        List.of("objects", "target", "whole"),
        at("").names("").stream().filter(name -> !name.startsWith("junit")).toList());
  }

  @Test
  void twoExportsToOneTargetDoNotMeet() {
    try (var first = StagingFolder.beside(folder.resolve("target"))) {
      first.write("some.txt", out -> out.write(1));
      ExportRefused refusal =
          assertThrows(ExportRefused.class, () -> StagingFolder.beside(folder.resolve("target")));
      assertEquals(ExportRefused.Reason.TARGET_NOT_WRITABLE, refusal.reason());
      first.becomeTarget();
    }
    assertEquals(List.of("some.txt"), at("target").names(""));
  }

  private DatasetManifest make(ObjectStore from, String target) {
    return new DatasetExport(from, TestBroker.stream(), own, THIRDS)
        .run(request(DatasetFormat.NNUNET), folder.resolve(target), SILENT);
  }

  private static String nameOf(DatasetManifest manifest, Reading reading) {
    return manifest.cases().stream()
        .filter(one -> one.source().reference().equals(Readings.reference(reading)))
        .findFirst()
        .orElseThrow()
        .name();
  }

  private boolean isShared(
      DatasetManifest first, DatasetManifest second, String name, boolean image)
      throws IOException {
    Optional<Path> before = file(first, "first", name, image);
    return before.isPresent()
        && Files.isSameFile(before.get(), file(second, "second", name, image).orElseThrow());
  }

  private Optional<Path> file(DatasetManifest manifest, String target, String name, boolean image) {
    return manifest.cases().stream()
        .filter(one -> one.name().equals(name))
        .map(one -> image ? one.files().image().path() : one.files().label().path())
        .map(path -> folder.resolve(target).resolve(path))
        .findFirst();
  }

  /** A store that is away after so many objects were opened. */
  private static final class FailingStore implements ObjectStore {
    private final ObjectStore store;
    private final int limit;
    private final AtomicInteger opened = new AtomicInteger();

    FailingStore(ObjectStore store, int limit) {
      this.store = store;
      this.limit = limit;
    }

    @Override
    public InputStream open(Sha256 digest) throws IOException {
      if (opened.incrementAndGet() > limit) {
        throw new TryAgainLater(ReasonCode.STORE_UNAVAILABLE, "the store is away");
      }
      return store.open(digest);
    }

    @Override
    public ObjectReference put(byte[] content, String mediaType) {
      return store.put(content, mediaType);
    }

    @Override
    public StagedObject stage(InputStream content) {
      return store.stage(content);
    }

    @Override
    public byte[] read(Sha256 digest) {
      return store.read(digest);
    }

    @Override
    public boolean contains(Sha256 digest) {
      return store.contains(digest);
    }

    @Override
    public long usableBytes() {
      return store.usableBytes();
    }
  }
}
