package org.firstpass.dicom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Fragments;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.dcm4che3.io.DicomInputStream;
import org.dcm4che3.io.DicomOutputStream;
import org.firstpass.failure.FirstpassFailure;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSize;
import org.firstpass.geometry.Vector3;
import org.firstpass.volume.LabelMap;
import org.firstpass.volume.NiftiReader;
import org.firstpass.volume.Volume;
import org.junit.jupiter.api.Test;

/** Real series; the expected numbers are pydicom's, dcm2niix's or the publisher's. */
class RealSeriesTest {
  @Test
  void aChestCtLiesFeetFirstOnPositionsThatItsThicknessDenies() throws IOException {
    SeriesImage image = read("P01_ct_chest_lidc");
    GridGeometry geometry = image.volume().geometry();
    assertEquals(new GridSize(512, 512, 92), geometry.size());
    assertEquals(3.0, geometry.spacing().slice(), 1e-9);
    assertEquals(0.78125, geometry.spacing().row());
    assertEquals(-1000, minimum(image.volume()));
    assertEquals(1956, maximum(image.volume()));
    assertEquals("CHEST", image.description().bodyPart());
  }

  @Test
  void anObliqueHeadLiesWhereTheHeaderOfItsFirstAndLastSliceSay() throws IOException {
    SeriesImage image = read("P02_mr_t1_studyforrest");
    GridGeometry geometry = image.volume().geometry();
    assertEquals(new GridSize(274, 384, 384), geometry.size());
    assertEquals(0.699987828731537, geometry.spacing().column());
    assertEquals(0.666666686534882, geometry.spacing().row());
    for (int slice : new int[] {0, 383}) {
      Vector3 said = image.source().frames().get(slice).position();
      assertTrue(said.minus(geometry.toPatient(0, 0, slice)).length() < 1e-5);
    }
    assertEquals(0, minimum(image.volume()));
    assertEquals(278, maximum(image.volume()));
  }

  @Test
  void aPetKeepsItsUnitsThroughTheSlope() throws IOException {
    SeriesImage image = read("P03_pet_headneck_with_SEG/PET");
    assertEquals(new GridSize(128, 128, 299), image.volume().geometry().size());
    assertEquals(3.375, image.volume().geometry().spacing().slice(), 1e-9);
    assertEquals(66260.76f, maximum(image.volume()), 0.01f);
    assertEquals("PT", image.description().modality());
  }

  @Test
  void tinySlicesAndTheirConvertedMultiFrameAreOneVolume() throws IOException {
    for (String set : List.of("23x38x3", "24x38x3")) {
      String folder = "P04_ct3_with_SEGs_dcmqi/" + set;
      assertSameVolume(read(folder + "/image").volume(), read(folder + "/multiframe").volume());
    }
    Volume liver = read("P04_ct3_with_SEGs_dcmqi/ct-3slice").volume();
    assertEquals(-3024, minimum(liver));
    assertEquals(1.0, liver.geometry().spacing().slice(), 1e-9);
  }

  @Test
  void jpeg2000SlicesLieOnTheGridOfTheirReferenceLabels() throws IOException {
    List<InstanceSource> sources = new ArrayList<>();
    for (Path file : SharedData.files("P05_ct_abdomen_totalseg_j2k/dicom")) {
      byte[] bytes = withUids(file, "2.25.500." + sources.size());
      sources.add(() -> new ByteArrayInputStream(bytes));
    }
    Volume volume = SeriesSurvey.of(sources).read().volume();
    GridGeometry geometry = volume.geometry();
    LabelMap labels =
        NiftiReader.readLabelMap(
            SharedData.require("P05_ct_abdomen_totalseg_j2k/example_seg_dicom.nii.gz"),
            geometry.frameOfReference());
    // The label file runs to the left and to the front: its rows are ours, turned over.
    GridGeometry other = labels.geometry();
    assertEquals(geometry.size(), other.size());
    assertTrue(geometry.toPatient(0, 0, 0).minus(other.toPatient(0, 511, 0)).length() < 1e-3);
    assertTrue(geometry.toPatient(511, 511, 19).minus(other.toPatient(511, 0, 19)).length() < 1e-3);
    double liver = 0;
    long voxels = 0;
    for (int slice = 0; slice < 20; slice++) {
      for (int row = 0; row < 512; row++) {
        for (int column = 0; column < 512; column++) {
          if (labels.labelAt(column, 511 - row, slice) == 5) {
            liver += volume.valueAt(column, row, slice);
            voxels++;
          }
        }
      }
    }
    assertEquals(366708, voxels);
    double mean = liver / voxels;
    assertTrue(mean > 40 && mean < 160, "liver parenchyma has a mean of " + mean + " HU");
  }

  @Test
  void instancesWithoutUidsAreMalformed() throws IOException {
    List<InstanceSource> sources = sources("P05_ct_abdomen_totalseg_j2k/dicom");
    var refusal = assertThrows(StudyRefused.class, () -> SeriesSurvey.of(sources));
    assertEquals(ReasonCode.MALFORMED_INSTANCE, refusal.code());
  }

  @Test
  void classicAndEnhancedCtAreOneVolume() throws IOException {
    SeriesImage classic = read("P06_ct_enhanced_and_classic/classic");
    SeriesImage enhanced = read("P06_ct_enhanced_and_classic/enhanced");
    assertSameVolume(classic.volume(), enhanced.volume());
    assertEquals(7, enhanced.description().frames());
    assertEquals(7, enhanced.source().frames().get(0).frameNumber());
  }

  @Test
  void slightlyIrregularThickSlicesAreReadWithTheirMeanDistance() throws IOException {
    GridGeometry geometry = read("P07_mr_pd_oblique_papaya").volume().geometry();
    assertEquals(7.0005, geometry.spacing().slice(), 1e-4);
    assertEquals(0.99096, geometry.axes().row().y(), 1e-5);
    assertEquals(-0.134158, geometry.axes().slice().y(), 1e-5);
  }

  @Test
  void aRadiographIsRightWayUpInBrightness() throws IOException {
    SeriesImage image = read("P08_cr_chest");
    assertFalse(image.description().patientGeometry());
    assertEquals(new GridSize(440, 440, 1), image.volume().geometry().size());
    assertEquals(0.1, image.volume().geometry().spacing().column());
    // Stored values run from 0 to 979; the corner is the darkest air, stored as the highest.
    assertEquals(1023, maximum(image.volume()));
    assertEquals(44, minimum(image.volume()));
  }

  @Test
  void anUltrasoundLoopIsColourAndHasALuminance() throws IOException {
    for (String file : List.of("examples_ybr_color.dcm", "examples_jpeg2k.dcm")) {
      Path path = SharedData.require("P09_us_multiframe/" + file);
      SeriesSurvey survey = SeriesSurvey.of(List.of(() -> Files.newInputStream(path)));
      assertEquals(ReasonCode.COLOUR_IMAGE, survey.refusal().orElseThrow().code());
      Volume luminance = survey.readLuminance().volume();
      assertEquals(file.startsWith("examples_y") ? 30 : 1, luminance.geometry().size().slices());
      assertTrue(maximum(luminance) > 150);
    }
  }

  @Test
  void everyOddSeriesHasItsVerdict() throws IOException {
    Map<String, ReasonCode> expected =
        Map.of(
            "gantry_tilt", ReasonCode.GANTRY_TILT,
            "tilt_and_missing_slice", ReasonCode.GANTRY_TILT,
            "missing_slice", ReasonCode.MISSING_SLICES,
            "same_position", ReasonCode.DUPLICATE_POSITIONS,
            "mixed_orientation", ReasonCode.MIXED_ORIENTATIONS);
    for (var entry : expected.entrySet()) {
      SeriesSurvey survey =
          SeriesSurvey.of(sources("P10_odd_geometry_dicom2nifti/" + entry.getKey()));
      assertEquals(entry.getValue(), survey.refusal().orElseThrow().code(), entry.getKey());
    }
    assertEquals(
        2, read("P10_odd_geometry_dicom2nifti/two_slices").volume().geometry().size().slices());
    assertEquals(
        -1, read("P10_odd_geometry_dicom2nifti/sagittal").volume().geometry().axes().slice().x());
    Volume sloped = read("P10_odd_geometry_dicom2nifti/non_isotropic_slope").volume();
    assertEquals(0.5, sloped.geometry().spacing().slice(), 1e-6);
    assertEquals(33.443825f, minimum(sloped));
  }

  /** The publisher scrambled the uncompressed sets apart, so they share the grid but no pixels. */
  @Test
  void sixTransferSyntaxesLieOnOneGridAndTheCompressedOnesHaveTheSamePixels() throws IOException {
    Volume reference = read("P11_transfer_syntaxes_mr/rle").volume();
    for (String syntax : List.of("jpeg_lossless", "jpegls", "j2k")) {
      assertSameVolume(reference, read("P11_transfer_syntaxes_mr/" + syntax).volume());
    }
    for (String syntax : List.of("implicit_le", "explicit_le")) {
      Volume other = read("P11_transfer_syntaxes_mr/" + syntax).volume();
      assertEquals(reference.geometry().size(), other.geometry().size());
      assertEquals(reference.geometry().position(), other.geometry().position());
      assertEquals(reference.geometry().axes(), other.geometry().axes());
      assertEquals(254, maximum(other));
    }
  }

  @Test
  void oneImageInManySyntaxesGivesTheSamePixels() throws IOException {
    float[] reference = flat("MR_small.dcm");
    for (String other :
        List.of(
            "MR_small_implicit.dcm",
            "MR_small_bigendian.dcm",
            "MR_small_RLE.dcm",
            "MR_small_jp2klossless.dcm",
            "MR_small_jpeg_ls_lossless.dcm",
            "MR_small_padded.dcm")) {
      assertTrue(Arrays.equals(reference, flat(other)), other);
    }
    float[] frames = flat("emri_small.dcm");
    assertEquals(10 * 64 * 64, frames.length);
    for (String other :
        List.of(
            "emri_small_big_endian.dcm",
            "emri_small_RLE.dcm",
            "emri_small_jpeg_2k_lossless.dcm",
            "emri_small_jpeg_ls_lossless.dcm")) {
      assertTrue(Arrays.equals(frames, flat(other)), other);
    }
  }

  @Test
  void cutCodestreamsAreDamagedAndNeverHalfGrey() throws IOException {
    for (String name :
        List.of("MR_small_RLE.dcm", "MR_small_jp2klossless.dcm", "MR_small_jpeg_ls_lossless.dcm")) {
      byte[] file = asSecondaryCapture(SharedData.require("P12_small_pydicom/" + name));
      for (int part = 4; part < 10; part++) {
        byte[] cut = cutPixelData(file, part / 10.0);
        SeriesSurvey survey = SeriesSurvey.of(List.of(() -> new ByteArrayInputStream(cut)));
        var refusal = assertThrows(StudyRefused.class, survey::read);
        assertEquals(ReasonCode.DAMAGED_PIXEL_DATA, refusal.code());
      }
    }
  }

  @Test
  void everySmallFileIsReadOrRefusedWithACode() throws IOException {
    int read = 0;
    List<Path> files = new ArrayList<>(SharedData.files("P12_small_pydicom"));
    files.addAll(SharedData.files("P13_htj2k"));
    for (Path file : files) {
      try {
        SeriesSurvey.of(List.of(() -> Files.newInputStream(file))).read();
        read++;
      } catch (FirstpassFailure failure) {
        assertEquals(ReasonCode.Kind.REFUSED, failure.code().kind(), file + " " + failure);
      }
    }
    assertTrue(read >= 4, "read " + read);
  }

  @Test
  void highThroughputJpeg2000IsRefusedByItsName() throws IOException {
    List<InstanceSource> sources = new ArrayList<>();
    for (int i = 1; i <= 3; i++) {
      Path file = SharedData.require("P13_htj2k/ct3_htj2k_0" + i + ".dcm");
      sources.add(() -> Files.newInputStream(file));
    }
    assertEquals(
        ReasonCode.UNSUPPORTED_TRANSFER_SYNTAX,
        SeriesSurvey.of(sources).refusal().orElseThrow().code());
  }

  private static List<InstanceSource> sources(String folder) throws IOException {
    return SharedData.files(folder).stream()
        .<InstanceSource>map(file -> () -> Files.newInputStream(file))
        .toList();
  }

  private static SeriesImage read(String folder) throws IOException {
    return SeriesSurvey.of(sources(folder)).read();
  }

  /** The values of a file of which only the pixels are looked at. */
  private static float[] flat(String name) throws IOException {
    byte[] file = asSecondaryCapture(SharedData.require("P12_small_pydicom/" + name));
    Volume volume = SeriesSurvey.of(List.of(() -> new ByteArrayInputStream(file))).read().volume();
    float[] values = new float[volume.geometry().size().voxels()];
    volume.copyTo(0, values, 0, values.length);
    return values;
  }

  /** A copy without position, whose SOP class does not ask for one. */
  private static byte[] asSecondaryCapture(Path file) throws IOException {
    return rewritten(
        file,
        attributes -> {
          attributes.setString(Tag.SOPClassUID, VR.UI, "1.2.840.10008.5.1.4.1.1.7");
          attributes.remove(Tag.ImagePositionPatient);
        });
  }

  private static byte[] withUids(Path file, String instance) throws IOException {
    return rewritten(
        file,
        attributes -> {
          attributes.setString(Tag.SOPClassUID, VR.UI, TestImage.CT);
          attributes.setString(Tag.StudyInstanceUID, VR.UI, "2.25.5");
          attributes.setString(Tag.SeriesInstanceUID, VR.UI, "2.25.50");
          attributes.setString(Tag.SOPInstanceUID, VR.UI, instance);
        });
  }

  private static byte[] rewritten(Path file, Consumer<Attributes> change) throws IOException {
    try (var in = new DicomInputStream(file.toFile())) {
      Attributes attributes = in.readDataset(-1, -1);
      change.accept(attributes);
      if (attributes.getValue(Tag.PixelData) instanceof Fragments fragments) {
        // The toolkit reads an empty offset table as a text, which it then cannot write.
        fragments.set(0, new byte[0]);
      }
      var out = new ByteArrayOutputStream();
      try (var dicom = new DicomOutputStream(out, UID.ExplicitVRLittleEndian)) {
        dicom.writeDataset(
            attributes.createFileMetaInformation(in.getTransferSyntax()), attributes);
      }
      return out.toByteArray();
    }
  }

  private static byte[] cutPixelData(byte[] file, double part) {
    int at = 0;
    for (int i = 0; i + 3 < file.length; i++) {
      if ((file[i] & 0xff) == 0xe0 && file[i + 1] == 0x7f && file[i + 2] == 0x10) {
        at = i;
      }
    }
    // The fragment's length is cut with it, so that only the codestream itself can tell.
    int fragment = at + 12 + 8;
    int length = (int) ((file.length - fragment - 16) * part) / 2 * 2;
    byte[] cut = Arrays.copyOf(file, fragment + 8 + length + 8);
    for (int i = 0; i < 4; i++) {
      cut[fragment + 4 + i] = (byte) (length >> 8 * i);
    }
    byte[] end = {(byte) 0xfe, (byte) 0xff, (byte) 0xdd, (byte) 0xe0, 0, 0, 0, 0};
    System.arraycopy(end, 0, cut, cut.length - end.length, end.length);
    return cut;
  }

  private static void assertSameVolume(Volume a, Volume b) {
    GridGeometry.requireSameGrid(a.geometry(), b.geometry());
    for (int i = 0; i < a.geometry().size().voxels(); i++) {
      assertEquals(a.valueAt(i), b.valueAt(i));
    }
  }

  private static float minimum(Volume volume) {
    float least = Float.POSITIVE_INFINITY;
    for (int i = 0; i < volume.geometry().size().voxels(); i++) {
      least = Math.min(least, volume.valueAt(i));
    }
    return least;
  }

  private static float maximum(Volume volume) {
    float most = Float.NEGATIVE_INFINITY;
    for (int i = 0; i < volume.geometry().size().voxels(); i++) {
      most = Math.max(most, volume.valueAt(i));
    }
    return most;
  }
}
