package org.firstpass.dicom;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.firstpass.dicom.ImageMedia.StatedWindow;
import org.firstpass.dicom.SuvScale.Lack;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.firstpass.geometry.GridSpace;
import org.firstpass.geometry.Vector3;
import org.junit.jupiter.api.Test;

/** What a reader is shown of PET, radiographs and loops. */
class ImageMediaTest {
  private static final String PET = "1.2.840.10008.5.1.4.1.1.128";

  /** 10:00 to 11:00 at a half life of one hour leaves half of 200 MBq; 70 kg. */
  private static final double FACTOR = 70_000 / 100e6;

  @Test
  void theUptakeValueIsOfTheDoseThatIsLeftWhenTheScanBegins() {
    assertEquals(FACTOR, factor(pet -> {}), 1e-12);
  }

  @Test
  void aSeriesThatWasMadeLaterCountsFromItsFirstImage() {
    assertEquals(
        FACTOR,
        factor(
            pet -> {
              pet.setString(Tag.SeriesDate, VR.DA, "20240311");
              pet.setString(Tag.SeriesTime, VR.TM, "090000");
            }),
        1e-12);
  }

  @Test
  void anInjectionBeforeMidnightIsOfTheDayBefore() {
    double factor =
        factor(
            pet -> {
              pet.setString(Tag.SeriesTime, VR.TM, "0030");
              injection(pet).setString(Tag.RadiopharmaceuticalStartTime, VR.TM, "233000.000");
            });
    assertEquals(FACTOR, factor, 1e-12);
  }

  @Test
  void theDateOfTheInjectionCountsIfItIsStated() {
    double factor =
        factor(
            pet -> {
              injection(pet).remove(Tag.RadiopharmaceuticalStartTime);
              injection(pet)
                  .setString(Tag.RadiopharmaceuticalStartDateTime, VR.DT, "20240310100000+0100");
            });
    assertEquals(FACTOR, factor, 1e-12);
  }

  @Test
  void whatIsAnUptakeValueAlreadyStaysOne() {
    assertEquals(1, factor(pet -> pet.setString(Tag.Units, VR.CS, "GML")));
  }

  @Test
  void whatIsMissingIsNamed() {
    assertLack(Lack.UNITS, pet -> pet.setString(Tag.Units, VR.CS, "CNTS"));
    assertLack(Lack.UNITS, pet -> pet.remove(Tag.Units));
    assertLack(Lack.NOT_CORRECTED, pet -> pet.setString(Tag.CorrectedImage, VR.CS, "DECY"));
    assertLack(Lack.DECAY_CORRECTION, pet -> pet.setString(Tag.DecayCorrection, VR.CS, "ADMIN"));
    assertLack(Lack.WEIGHT, pet -> pet.remove(Tag.PatientWeight));
    assertLack(Lack.WEIGHT, pet -> pet.setString(Tag.PatientWeight, VR.DS, "0"));
    assertLack(Lack.WEIGHT, pet -> pet.setString(Tag.PatientWeight, VR.DS, "70000"));
    assertLack(Lack.DOSE, pet -> pet.remove(Tag.RadiopharmaceuticalInformationSequence));
    assertLack(Lack.DOSE, pet -> injection(pet).remove(Tag.RadionuclideTotalDose));
    assertLack(Lack.HALF_LIFE, pet -> injection(pet).remove(Tag.RadionuclideHalfLife));
    assertLack(
        Lack.INJECTION_TIME,
        pet -> injection(pet).setString(Tag.RadiopharmaceuticalStartTime, VR.TM, "25"));
    assertLack(
        Lack.SCAN_TIME,
        pet -> {
          pet.remove(Tag.SeriesDate);
          pet.remove(Tag.AcquisitionDate);
        });
    assertLack(
        Lack.TIMES_DO_NOT_FIT,
        pet ->
            injection(pet)
                .setString(Tag.RadiopharmaceuticalStartDateTime, VR.DT, "20240310120000"));
    assertLack(Lack.NOT_PET, pet -> pet.setString(Tag.Modality, VR.CS, "NM"));
  }

  /** By hand: 66.2 kg, 381.47 MBq at 11:39:00, 6586.2 s, scan at 13:02:44.678. */
  @Test
  void aPublishedPetHasTheFactorThatPydicomAndAPencilGive() throws Exception {
    List<InstanceSource> instances = new ArrayList<>();
    for (Path file : SharedData.files("P03_pet_headneck_with_SEG/PET")) {
      instances.add(() -> Files.newInputStream(file));
    }
    ImageMedia media = SeriesSurvey.of(instances).media();
    assertEquals("BQML", media.units());
    var known = (SuvScale.Known) media.suv();
    assertEquals(2.944804047131298e-4, known.factor(), 1e-12);
  }

  @Test
  void aPublishedRadiographKeepsItsWindowWhenItIsTurnedOver() throws Exception {
    Path file = SharedData.require("P08_cr_chest/cxr.dcm");
    ImageMedia media = SeriesSurvey.of(List.of(() -> Files.newInputStream(file))).media();
    assertEquals(Optional.of(new StatedWindow(1023 - 550, 1024)), media.window());
    assertFalse(media.blackIsHigh());
    assertEquals(ImageCalibration.PIXEL_SPACING, media.calibration());
    assertEquals(new SuvScale.Unknown(Lack.NOT_PET), media.suv());
  }

  @Test
  void aPublishedLoopHasItsTimesAndColoursAndNoScale() throws Exception {
    Path file = SharedData.require("P09_us_multiframe/examples_ybr_color.dcm");
    SeriesSurvey survey = SeriesSurvey.of(List.of(() -> Files.newInputStream(file)));
    ImageMedia media = survey.media();
    assertTrue(media.colour());
    assertEquals(30, media.frameMillis().size());
    assertEquals(33.333, media.frameMillis().get(29));
    // Its one region ends at column 595, and the image at 320: it was scaled down.
    assertEquals(ImageCalibration.NONE, media.calibration());
    assertEquals(GridSpace.IMAGE_PIXELS, survey.source().geometry().space());
    byte[] colours = survey.readColour();
    assertEquals(30 * 240 * 320 * 3, colours.length);
    float[] luminance = new float[240 * 320];
    survey.readLuminance().volume().copyTo(29 * luminance.length, luminance, 0, luminance.length);
    for (int i = 0; i < luminance.length; i++) {
      int at = 3 * (29 * luminance.length + i);
      double y =
          0.299 * (colours[at] & 0xff)
              + 0.587 * (colours[at + 1] & 0xff)
              + 0.114 * (colours[at + 2] & 0xff);
      assertEquals(y, luminance[i], 0.51, "pixel " + i);
    }
  }

  @Test
  void framesOfDifferentLengthKeepTheirs() {
    TestImage loop = colour("RGB", new int[18]);
    loop.attributes.setInt(Tag.NumberOfFrames, VR.IS, 3);
    loop.attributes.setString(Tag.FrameTimeVector, VR.DS, "0", "40", "60");
    assertEquals(List.of(40.0, 60.0, 60.0), media(loop).frameMillis());
    loop.attributes.remove(Tag.FrameTimeVector);
    loop.attributes.setString(Tag.CineRate, VR.IS, "25");
    assertEquals(List.of(40.0, 40.0, 40.0), media(loop).frameMillis());
    loop.attributes.setString(Tag.CineRate, VR.IS, "0");
    assertEquals(List.of(), media(loop).frameMillis());
  }

  @Test
  void coloursAreRedGreenAndBlueWhateverTheyWereStoredAs() {
    assertArrayEquals(new byte[] {1, 2, 3, 4, 5, 6}, read(colour("RGB", 1, 2, 3, 4, 5, 6)));
    TestImage planes = colour("RGB", 1, 4, 2, 5, 3, 6);
    planes.attributes.setInt(Tag.PlanarConfiguration, VR.US, 1);
    assertArrayEquals(new byte[] {1, 2, 3, 4, 5, 6}, read(planes));
    // Red is Y 76, Cb 85, Cr 255 to within rounding.
    byte red = (byte) 254;
    assertArrayEquals(
        new byte[] {red, 0, 0, 76, 76, 76}, read(colour("YBR_FULL", 76, 85, 255, 76, 128, 128)));
    assertArrayEquals(
        new byte[] {red, 0, 0, red, 0, 0}, read(colour("YBR_FULL_422", 76, 76, 85, 255)));
  }

  @Test
  void greyHasNoColours() {
    TestImage grey = TestImage.flat(TestImage.CR, 1, 1, 2, (short) 1, (short) 2);
    SeriesSurvey survey = SeriesSurvey.of(List.of(grey.source()));
    assertEquals(
        ReasonCode.UNSUPPORTED_PIXEL_FORMAT,
        assertThrows(StudyRefused.class, survey::readColour).code());
  }

  private static double factor(Consumer<Attributes> change) {
    return ((SuvScale.Known) pet(change).suv()).factor();
  }

  private static void assertLack(Lack lack, Consumer<Attributes> change) {
    assertEquals(new SuvScale.Unknown(lack), pet(change).suv());
  }

  private static ImageMedia pet(Consumer<Attributes> change) {
    List<InstanceSource> instances = new ArrayList<>();
    for (int slice = 0; slice < 2; slice++) {
      TestImage image =
          TestImage.flat(PET, slice + 1, 3, 2, new short[6])
              .rescale("2.5", "0")
              .spacing(4, 4)
              .plane(new Vector3(0, 0, slice), new Vector3(1, 0, 0), new Vector3(0, 1, 0))
              .with(Tag.FrameOfReferenceUID, VR.UI, "2.25.3")
              .with(Tag.Modality, VR.CS, "PT")
              .with(Tag.Units, VR.CS, "BQML")
              .with(Tag.CorrectedImage, VR.CS, "ATTN", "DECY", "SCAT")
              .with(Tag.DecayCorrection, VR.CS, "START")
              .with(Tag.PatientWeight, VR.DS, "70")
              .with(Tag.SeriesDate, VR.DA, "20240310")
              .with(Tag.SeriesTime, VR.TM, "110000")
              .with(Tag.AcquisitionDate, VR.DA, "20240310")
              .with(Tag.AcquisitionTime, VR.TM, slice == 0 ? "110500" : "110000.000");
      var injection = new Attributes();
      injection.setString(Tag.RadiopharmaceuticalStartTime, VR.TM, "100000.00");
      injection.setString(Tag.RadionuclideTotalDose, VR.DS, "200000000");
      injection.setString(Tag.RadionuclideHalfLife, VR.DS, "3600");
      image.attributes.newSequence(Tag.RadiopharmaceuticalInformationSequence, 1).add(injection);
      instances.add(image.but(change).source());
    }
    return SeriesSurvey.of(instances).media();
  }

  private static Attributes injection(Attributes pet) {
    return pet.getNestedDataset(Tag.RadiopharmaceuticalInformationSequence);
  }

  private static ImageMedia media(TestImage image) {
    return SeriesSurvey.of(List.of(image.source())).media();
  }

  private static byte[] read(TestImage image) {
    return SeriesSurvey.of(List.of(image.source())).readColour();
  }

  private static TestImage colour(String photometric, int... bytes) {
    TestImage image =
        TestImage.flat("1.2.840.10008.5.1.4.1.1.3.1", 1, 1, 2)
            .bits(8, 8, 7, 0)
            .bytes(VR.OB, bytes)
            .with(Tag.Modality, VR.CS, "US");
    image.attributes.setInt(Tag.SamplesPerPixel, VR.US, 3);
    return image.with(Tag.PhotometricInterpretation, VR.CS, photometric);
  }
}
