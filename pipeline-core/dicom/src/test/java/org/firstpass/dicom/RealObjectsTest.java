package org.firstpass.dicom;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Objects of every kind for real series, whose headers are as dirty as they come. */
class RealObjectsTest {
  /** dicom3tools of 2022 knows no Label Map Segmentation. */
  private static final List<String> NO_TOOL_FOR = List.of("label map", "label map, run-length");

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "P01_ct_chest_lidc",
        "P02_mr_t1_studyforrest",
        "P06_ct_enhanced_and_classic/enhanced",
        "P06_ct_enhanced_and_classic/classic",
        "P07_mr_pd_oblique_papaya",
        "P10_odd_geometry_dicom2nifti/sagittal",
        "P10_odd_geometry_dicom2nifti/non_isotropic_slope"
      })
  void areSoundForTheCheckerAndForAToolThatWasNotWrittenHere(String series) throws Exception {
    SourceSeries source = RealSegmentationTest.source(series);
    for (Map.Entry<String, byte[]> object : TestObjects.all(source).entrySet()) {
      byte[] bytes = object.getValue();
      assertEquals(
          List.of(), ObjectChecker.check(() -> new ByteArrayInputStream(bytes)), object.getKey());
      if (!NO_TOOL_FOR.contains(object.getKey())) {
        Path file = Files.write(folder.resolve("object.dcm"), bytes);
        assertEquals(List.of(), RealSegmentationTest.conformanceErrors(file), object.getKey());
      }
    }
  }
}
