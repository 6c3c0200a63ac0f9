package org.firstpass.calibration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSize;
import org.firstpass.geometry.Orientation;
import org.firstpass.sample.SampleGrid;
import org.firstpass.volume.LabelMap;
import org.firstpass.volume.NiftiWriter;
import org.firstpass.volume.Volume;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NiftiCasesTest {
  private static final GridSize SIZE = new GridSize(4, 3, 2);
  private static final GridGeometry GRID = SampleGrid.of(new Orientation("SPL"), SIZE);

  @TempDir Path folder;

  @Test
  void imagesAndLabelsOfTheSameNameAreACase() throws IOException {
    image("images/b.nii.gz", 2);
    image("images/a.nii.gz", 1);
    labels("labels/b.nii.gz");
    labels("labels/a.nii.gz");
    List<HeldOutCase> cases = NiftiCases.in(folder, 1);
    assertEquals(List.of("a", "b"), cases.stream().map(HeldOutCase::name).toList());
    HeldOutCase.Scan scan = cases.get(1).loading().load();
    assertEquals(2, scan.channels().get(0).valueAt(0));
    assertEquals(1, scan.reference().labelAt(5));
  }

  @Test
  void nnUnetsRawLayoutNumbersItsChannels() throws IOException {
    image("imagesTs/case_01_0000.nii.gz", 7);
    image("imagesTs/case_01_0001.nii.gz", 8);
    labels("labelsTs/case_01.nii.gz");
    HeldOutCase held = NiftiCases.in(folder, 2).get(0);
    assertEquals("case_01", held.name());
    List<Volume> channels = held.loading().load().channels();
    assertEquals(7, channels.get(0).valueAt(3));
    assertEquals(8, channels.get(1).valueAt(3));
    assertEquals(
        channels.get(0).geometry().frameOfReference(),
        channels.get(1).geometry().frameOfReference());
  }

  @Test
  void whatIsMissingIsNamed() throws IOException {
    assertTrue(message().contains("labelsTs"));
    Files.createDirectories(folder.resolve("labels"));
    assertTrue(message().contains("imagesTs"));
    Files.createDirectories(folder.resolve("images"));
    assertTrue(message().contains("no .nii.gz"));
    labels("labels/a.nii.gz");
    assertTrue(message().contains("a_0000.nii.gz"));
  }

  @Test
  void labelsOfAnotherGridAreRefusedWhenTheCaseIsRead() throws IOException {
    image("images/a.nii.gz", 1);
    GridGeometry other = SampleGrid.of(new Orientation("IPL"), SIZE);
    NiftiWriter.write(new LabelMap(other, new short[24]), file("labels/a.nii.gz"));
    HeldOutCase held = NiftiCases.in(folder, 1).get(0);
    assertThrows(IllegalArgumentException.class, () -> held.loading().load());
  }

  private String message() {
    return assertThrows(IllegalArgumentException.class, () -> NiftiCases.in(folder, 1))
        .getMessage();
  }

  private void image(String name, float value) throws IOException {
    var values = new float[SIZE.voxels()];
    Arrays.fill(values, value);
    NiftiWriter.write(Volume.ofValues(GRID, values), file(name));
  }

  private void labels(String name) throws IOException {
    var labels = new short[SIZE.voxels()];
    labels[5] = 1;
    NiftiWriter.write(new LabelMap(GRID, labels), file(name));
  }

  private Path file(String name) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return file;
  }
}
