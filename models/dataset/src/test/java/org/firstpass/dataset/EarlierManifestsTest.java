package org.firstpass.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import org.firstpass.segment.Verdict;
import org.firstpass.study.Sha256;
import org.junit.jupiter.api.Test;

class EarlierManifestsTest extends ExportFixture {
  @Test
  void aDataSetOfTheFirstFormatIsRebuiltByteForByte() throws IOException {
    var then = new Readings(store, Readings.schema("Upper abdomen of before", 1));
    publish(
        List.of(
            then.of(Reading.of(1, 1)),
            then.of(Reading.of(2, 1)),
            then.of(Reading.of(2, 2).shifted(1)),
            then.of(Reading.of(3, 1).saying(Readings.LIVER, Verdict.NOT_ASSESSABLE))));
    byte[] manifest = manifest("manifest-1.json");

    DatasetManifest rebuilt = exporter().rebuild(manifest, folder.resolve("rebuilt"), SILENT);

    assertEquals(Sha256.of(manifest), rebuilt.hash());
    assertEquals(3, rebuilt.cases().size());
    assertArrayEquals(
        manifest, ExportedFolder.bytes(folder.resolve("rebuilt").resolve("manifest.json")));
  }

  private static byte[] manifest(String name) throws IOException {
    try (InputStream in = EarlierManifestsTest.class.getResourceAsStream("/manifests/" + name)) {
      return Objects.requireNonNull(in).readAllBytes();
    }
  }
}
