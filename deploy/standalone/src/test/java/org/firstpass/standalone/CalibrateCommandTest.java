package org.firstpass.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.firstpass.inference.PackageVerification;
import org.firstpass.model.ModelPackage;
import org.firstpass.phantom.Phantom;
import org.firstpass.phantom.PhantomSpec;
import org.firstpass.volume.NiftiWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CalibrateCommandTest {
  @TempDir Path folder;

  @Test
  void aPackageIsCalibratedOnAFolderOfCasesIntoANewVersion() throws IOException {
    cases("imagesTs", "_0000", "labelsTs", 4);
    Path target = folder.resolve("phantom-abdomen/9.9.9");
    CommandLineRun run = calibrate("--version", "9.9.9", "--to", target.toString());
    assertEquals(0, run.status(), run.out() + run.err());
    assertTrue(run.out().contains("Calibrating: 8 of 8"), run.out());
    assertTrue(run.out().contains("temperature "), run.out());
    assertTrue(run.out().contains("wrote phantom-abdomen 9.9.9 to " + target), run.out());
    ModelPackage written = ModelPackage.load(target);
    assertTrue(PackageVerification.of(written).passed());
    assertNotNull(written.manifest().calibration());
    assertEquals(24, written.manifest().calibration().cases());
    CommandLineRun again = calibrate("--version", "9.9.9", "--to", target.toString());
    assertEquals(1, again.status());
    assertTrue(again.err().contains("a sealed version is not changed"), again.err());
  }

  @Test
  void whatIsMissingIsToldInOneLine() throws IOException {
    Files.createDirectories(folder.resolve("cases"));
    CommandLineRun none = calibrate("--to", folder.resolve("new").toString());
    assertEquals(1, none.status());
    assertTrue(none.err().contains("must have a folder labels or labelsTs"), none.err());
    cases("images", "", "labels", 3);
    CommandLineRun few = calibrate("--to", folder.resolve("new").toString());
    assertEquals(1, few.status());
    assertTrue(few.err().contains("needs 4 cases at least, but has 3"), few.err());
    CommandLineRun dice = calibrate("--acceptable-dice", "1.5");
    assertEquals(1, dice.status());
    assertTrue(dice.err().contains("--acceptable-dice"), dice.err());
  }

  private CommandLineRun calibrate(String... options) {
    List<String> arguments =
        Stream.concat(
                Stream.of(
                    "model",
                    "calibrate",
                    shipped().toString(),
                    "--cases",
                    folder.resolve("cases").toString(),
                    "--threads",
                    "1"),
                Stream.of(options))
            .toList();
    return CommandLineRun.of(arguments);
  }

  private static Path shipped() {
    try (Stream<Path> versions = Files.list(Repository.packages().resolve("phantom-abdomen"))) {
      return versions.sorted().findFirst().orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void cases(String images, String ending, String labels, int count) throws IOException {
    Path imageFolder = Files.createDirectories(folder.resolve("cases").resolve(images));
    Path labelFolder = Files.createDirectories(folder.resolve("cases").resolve(labels));
    for (int seed = 0; seed < count; seed++) {
      Phantom phantom = Phantom.of(PhantomSpec.drawn(seed, 64));
      NiftiWriter.write(phantom.volume(), imageFolder.resolve("p" + seed + ending + ".nii.gz"));
      NiftiWriter.write(phantom.truth(), labelFolder.resolve("p" + seed + ".nii.gz"));
    }
  }
}
