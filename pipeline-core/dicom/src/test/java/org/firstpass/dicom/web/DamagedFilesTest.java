package org.firstpass.dicom.web;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.TreeSet;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.firstpass.dicom.InstanceSource;
import org.firstpass.dicom.SharedData;
import org.firstpass.dicom.TestImage;
import org.firstpass.dicom.web.Rendering.Format;
import org.firstpass.failure.StudyRefused;
import org.junit.jupiter.api.Test;

/**
 * Files with bytes that are wrong: whatever is asked of them, they are read or refused by a code.
 */
final class DamagedFilesTest {
  private static final int ROUNDS = 1500;
  private static final int LARGEST = 200_000;

  @Test
  void aFileThatWasDamagedAnywhereIsReadOrRefused() throws Exception {
    List<byte[]> files = new ArrayList<>();
    files.add(made());
    for (Path file : SharedData.files("P12_small_pydicom")) {
      // What the native codecs say of damaged codestreams is theirs to test.
      boolean codestream = file.getFileName().toString().contains("_jp");
      if (Files.size(file) < LARGEST && !codestream) {
        files.add(Files.readAllBytes(file));
      }
    }
    long seed = new Random().nextLong();
    var random = new Random(seed);
    int refused = 0;
    for (int round = 0; round < ROUNDS; round++) {
      byte[] damaged = damage(files.get(random.nextInt(files.size())), random);
      refused += read(() -> new ByteArrayInputStream(damaged), "seed " + seed + " round " + round);
    }
    assertTrue(refused > ROUNDS / 10, refused + " refused");
  }

  /** 1 if something was refused. */
  private static int read(InstanceSource source, String which) {
    List<Runnable> readings =
        List.of(
            () -> metadata(source),
            () -> DicomJson.header(source, tag -> true),
            () -> InstanceTranscoder.write(source, OutputStream.nullOutputStream()),
            () ->
                BulkData.read(
                    source, "00081140/0/00420011", (value, length) -> value.readAllBytes()),
            () ->
                InstanceFrames.read(
                    source, new TreeSet<>(List.of(1, 2)), true, (number, frame) -> {}),
            () ->
                FrameRendering.render(
                    source,
                    1,
                    new Rendering(
                        Format.PNG, Optional.empty(), Optional.empty(), OptionalInt.empty())));
    int refused = 0;
    for (Runnable reading : readings) {
      try {
        reading.run();
      } catch (StudyRefused e) {
        refused = 1;
      } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
        fail(which, e);
      }
    }
    return refused;
  }

  private static void metadata(InstanceSource source) {
    try (var array = new DicomJson.Array(OutputStream.nullOutputStream())) {
      array.add(source, "http://x");
    } catch (IOException e) {
      fail(e);
    }
  }

  private static byte[] damage(byte[] file, Random random) {
    byte[] damaged = file.clone();
    int header = Math.min(file.length, 4000);
    for (int i = 0; i <= random.nextInt(6); i++) {
      int at = 132 + random.nextInt((random.nextBoolean() ? header : file.length) - 132);
      damaged[at] =
          (byte)
              (random.nextBoolean() ? random.nextInt(256) : damaged[at] ^ 1 << random.nextInt(8));
    }
    return random.nextInt(4) == 0
        ? Arrays.copyOf(damaged, 132 + random.nextInt(file.length - 132))
        : damaged;
  }

  private static byte[] made() {
    return TestImage.axial(1, 0)
        .but(data -> data.newSequence(Tag.ReferencedImageSequence, 1).add(item()))
        .file();
  }

  private static Attributes item() {
    var item = new Attributes();
    item.setString(Tag.ReferencedSOPInstanceUID, VR.UI, "2.25.7");
    item.setBytes(Tag.EncapsulatedDocument, VR.OB, new byte[2000]);
    return item;
  }
}
