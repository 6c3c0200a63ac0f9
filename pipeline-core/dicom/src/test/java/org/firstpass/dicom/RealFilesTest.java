package org.firstpass.dicom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.firstpass.failure.StudyRefused;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every file of the shared sets is read or refused with a code, as an image and as a segmentation.
 */
class RealFilesTest {

  @ParameterizedTest
  @CsvSource({
    "P03_pet_headneck_with_SEG, 1",
    "P04_ct3_with_SEGs_dcmqi, 6",
    "P05_ct_abdomen_totalseg_j2k, 0",
    "P06_ct_enhanced_and_classic, 0",
    "P12_small_pydicom, 0",
    "P13_htj2k, 0"
  })
  void everyFileIsReadOrRefusedWithACode(String folder, int segmentations) throws Exception {
    List<Path> files;
    try (Stream<Path> all = Files.walk(SharedData.require(folder))) {
      files = all.filter(Files::isRegularFile).sorted().toList();
    }
    assertFalse(files.isEmpty());
    Set<String> read = new TreeSet<>();
    List<String> codes = new ArrayList<>();
    for (Path file : files) {
      InstanceSource source = () -> Files.newInputStream(file);
      try {
        Segmentation segmentation = SegmentationReader.read(source);
        segmentation.voxelsPerSegment();
        read.add(file.getFileName() + "/" + segmentation.instance());
      } catch (StudyRefused e) {
        codes.add(e.code().code());
      }
      try {
        SeriesSurvey.of(List.of(source)).read();
      } catch (StudyRefused e) {
        codes.add(e.code().code());
      }
    }
    assertEquals(segmentations, read.size(), read::toString);
    assertFalse(codes.isEmpty());
  }
}
