package org.firstpass.dicom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.firstpass.failure.FirstpassFailure;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.firstpass.failure.TryAgainLater;
import org.firstpass.geometry.Vector3;
import org.junit.jupiter.api.Test;

/** Each check with the one thing spoilt that makes it fail; the unspoilt stack is read. */
class SeriesRefusalTest {
  private static final Vector3 X = new Vector3(1, 0, 0);
  private static final Vector3 Y = new Vector3(0, 1, 0);

  @Test
  void theUnspoiltStackIsRead() {
    assertTrue(SeriesSurvey.of(sources(stack())).refusal().isEmpty());
    assertEquals(5, SeriesSurvey.of(sources(stack())).read().volume().geometry().size().slices());
  }

  @Test
  void oneSliceHasNoKnownDistanceToTheNext() {
    assertRefused(ReasonCode.TOO_FEW_SLICES, stack().subList(0, 1), "only slice");
  }

  @Test
  void aShearedStackIsGantryTilt() {
    List<TestImage> tilted = stack();
    for (int i = 0; i < tilted.size(); i++) {
      tilted.get(i).plane(new Vector3(-10, -20 + 0.3 * i, 2.0 * i), X, Y);
    }
    assertRefused(ReasonCode.GANTRY_TILT, tilted, "degrees");
  }

  @Test
  void aShearBelowHalfAPixelIsRead() {
    List<TestImage> tilted = stack();
    for (int i = 0; i < tilted.size(); i++) {
      tilted.get(i).plane(new Vector3(-10, -20 + 0.06 * i, 2.0 * i), X, Y);
    }
    assertTrue(SeriesSurvey.of(sources(tilted)).refusal().isEmpty());
  }

  @Test
  void oneSliceBesideTheOthersIsIrregular() {
    List<TestImage> images = stack();
    images.get(2).plane(new Vector3(-9, -20, 4), X, Y);
    assertRefused(ReasonCode.IRREGULAR_SPACING, images, "sideways");
  }

  @Test
  void aGapOfAWholeNumberOfSlicesIsMissingSlices() {
    List<TestImage> images = stack();
    images.remove(2);
    assertRefused(ReasonCode.MISSING_SLICES, images, "2.00 times");
  }

  @Test
  void aGapInBetweenIsIrregular() {
    List<TestImage> images = stack();
    images.get(4).plane(new Vector3(-10, -20, 9.2), X, Y);
    assertRefused(ReasonCode.IRREGULAR_SPACING, images, "times the usual");
    images.get(4).plane(new Vector3(-10, -20, 8.6), X, Y);
    assertRefused(ReasonCode.IRREGULAR_SPACING, images, "off its place");
    images.get(4).plane(new Vector3(-10, -20, 8.1), X, Y);
    assertTrue(SeriesSurvey.of(sources(images)).refusal().isEmpty());
  }

  @Test
  void twoSlicesAtOnePlaceAreDuplicates() {
    List<TestImage> images = stack();
    images.add(TestImage.axial(9, 4));
    assertRefused(ReasonCode.DUPLICATE_POSITIONS, images, "one plane");
  }

  @Test
  void aTurnedSliceIsAMixedOrientation() {
    List<TestImage> images = stack();
    images.get(3).plane(new Vector3(-10, -20, 6), X, new Vector3(0, 0.99, 0.141));
    assertRefused(ReasonCode.MIXED_ORIENTATIONS, images, "differ in orientation");
  }

  @Test
  void axesThatAreNotOrthogonalUnitVectorsAreMalformed() {
    assertMalformedPlane(new Vector3(1.2, 0, 0), Y);
    assertMalformedPlane(X, new Vector3(0.1, 0.995, 0));
    assertMalformedPlane(new Vector3(0, 0, 0), Y);
  }

  private static void assertMalformedPlane(Vector3 column, Vector3 row) {
    List<TestImage> images = stack();
    for (int i = 0; i < images.size(); i++) {
      images.get(i).plane(new Vector3(-10, -20, 2 * i), column, row);
    }
    assertRefused(ReasonCode.MALFORMED_INSTANCE, images, "orthogonal unit vectors");
  }

  @Test
  void directionsWithFourDigitsAreNormalised() {
    List<TestImage> images = stack();
    var row = new Vector3(0, 0.9910, 0.1342);
    var normal = X.cross(row).normalized();
    for (int i = 0; i < images.size(); i++) {
      images.get(i).plane(normal.times(2 * i), X, row);
    }
    assertTrue(SeriesSurvey.of(sources(images)).refusal().isEmpty());
  }

  @Test
  void differentFormatsAreMixed() {
    assertSpoiltOne(
        ReasonCode.MIXED_FORMATS,
        a -> a.setDouble(Tag.PixelSpacing, VR.DS, 0.5, 0.51),
        "PlaneSpacing");
    assertSpoiltOne(
        ReasonCode.MIXED_FORMATS,
        a -> {
          a.setInt(Tag.Rows, VR.US, 2);
          a.setInt(Tag.Columns, VR.US, 3);
        },
        "2 x 3");
    assertSpoiltOne(
        ReasonCode.MIXED_FORMATS,
        a -> a.setString(Tag.PhotometricInterpretation, VR.CS, "MONOCHROME1"),
        "MONOCHROME1");
    assertSpoiltOne(
        ReasonCode.MIXED_FORMATS,
        a -> a.setString(Tag.SOPClassUID, VR.UI, TestImage.MR),
        "SOP classes");
  }

  @Test
  void anotherFrameOfReferenceIsNotComparable() {
    assertSpoiltOne(
        ReasonCode.MIXED_ORIENTATIONS,
        a -> a.setString(Tag.FrameOfReferenceUID, VR.UI, "2.25.4"),
        "frame of reference");
    assertSpoiltOne(
        ReasonCode.MIXED_ORIENTATIONS, a -> a.remove(Tag.FrameOfReferenceUID), "4 of 5");
  }

  @Test
  void framesOfReferenceThatAreMissingOrAllDifferentDoNotHinder() {
    List<TestImage> without = stack();
    without.forEach(image -> image.but(a -> a.remove(Tag.FrameOfReferenceUID)));
    var derived = SeriesSurvey.of(sources(without)).read().volume().geometry().frameOfReference();
    assertTrue(derived.value().startsWith("2.25."), derived.value());
    List<TestImage> each = stack();
    for (int i = 0; i < each.size(); i++) {
      each.get(i).with(Tag.FrameOfReferenceUID, VR.UI, "2.25.7." + i);
    }
    var first = SeriesSurvey.of(sources(each)).read().volume().geometry().frameOfReference();
    assertEquals("2.25.7.0", first.value());
  }

  @Test
  void localizersAreRefused() {
    assertSpoiltOne(
        ReasonCode.LOCALIZER,
        a -> a.setString(Tag.ImageType, VR.CS, "ORIGINAL", "PRIMARY", "LOCALIZER"),
        "1 of 5");
  }

  @Test
  void whatIsNoImageIsRefused() {
    assertSpoiltOne(
        ReasonCode.NOT_AN_IMAGE,
        a -> a.setString(Tag.SOPClassUID, VR.UI, SopClasses.SEGMENTATION),
        "SOP class");
    assertSpoiltOne(
        ReasonCode.NOT_AN_IMAGE,
        a -> {
          a.setString(Tag.SOPClassUID, VR.UI, "1.2.840.10008.5.1.4.1.1.88.11");
          a.remove(Tag.Rows);
          a.remove(Tag.Columns);
        },
        "SOP class");
    assertSpoiltOne(ReasonCode.NO_PIXEL_DATA, a -> a.remove(Tag.PixelData), "7FE0,0010");
  }

  @Test
  void missingEmptyAndMalformedAttributesAreToldApart() {
    assertMalformed(a -> a.remove(Tag.ImagePositionPatient), "(0020,0032) is missing");
    assertMalformed(a -> a.setNull(Tag.ImagePositionPatient, VR.DS), "(0020,0032) is empty");
    assertMalformed(
        a -> a.setString(Tag.ImagePositionPatient, VR.DS, "1", "2"), "3 numbers, but is '1\\2'");
    assertMalformed(
        a -> a.setString(Tag.ImagePositionPatient, VR.DS, "1", "2", "3 mm"), "'1\\2\\3 mm'");
    assertMalformed(a -> a.setString(Tag.ImagePositionPatient, VR.DS, "1", "", "3"), "(0020,0032)");
    assertMalformed(a -> a.remove(Tag.ImageOrientationPatient), "(0020,0037) is missing");
    assertMalformed(a -> a.remove(Tag.PixelSpacing), "(0028,0030) is missing");
    assertMalformed(a -> a.setString(Tag.PixelSpacing, VR.DS, "0", "1"), "above zero");
    assertMalformed(a -> a.setString(Tag.PixelSpacing, VR.DS, "NaN", "1"), "decimal");
    assertMalformed(a -> a.setString(Tag.PixelSpacing, VR.DS, "1e999", "1"), "finite");
    assertMalformed(a -> a.remove(Tag.Rows), "(0028,0010) is missing");
    assertMalformed(a -> a.setInt(Tag.Rows, VR.US, 0), "0 rows");
    assertMalformed(a -> a.remove(Tag.BitsStored), "(0028,0101) is missing");
    assertMalformed(a -> a.remove(Tag.RescaleSlope), "(0028,1053) is missing");
    assertMalformed(a -> a.setString(Tag.RescaleSlope, VR.DS, "0"), "other than zero");
    assertMalformed(a -> a.remove(Tag.RescaleIntercept), "(0028,1052) is missing");
    assertMalformed(a -> a.setString(Tag.FrameOfReferenceUID, VR.UI, "x"), "a UID");
    assertMalformed(a -> a.setString(Tag.NumberOfFrames, VR.IS, "0"), "at least 1");
  }

  @Test
  void longAndPaddedDecimalStringsAreRead() {
    List<TestImage> images = stack();
    images.forEach(
        image ->
            image.with(Tag.PixelSpacing, VR.DS, " 0.66666668653488199999 ", "+6.6666668653488E-1"));
    var spacing = SeriesSurvey.of(sources(images)).read().volume().geometry().spacing();
    assertEquals(0.666666686534882, spacing.row());
    assertEquals(0.66666668653488, spacing.column());
  }

  @Test
  void formatsThatCannotBeReadSafelyAreRefused() {
    assertUnsupported(a -> a.setInt(Tag.BitsAllocated, VR.US, 12));
    assertUnsupported(a -> a.setInt(Tag.BitsStored, VR.US, 17));
    assertUnsupported(a -> a.setInt(Tag.HighBit, VR.US, 3));
    assertUnsupported(a -> a.setInt(Tag.PixelRepresentation, VR.US, 2));
    assertUnsupported(a -> a.setInt(Tag.SamplesPerPixel, VR.US, 3));
    assertUnsupported(a -> a.setString(Tag.PhotometricInterpretation, VR.CS, "HSV"));
    assertUnsupported(a -> a.newSequence(Tag.ModalityLUTSequence, 1).add(new Attributes()));
  }

  @Test
  void transferSyntaxesThatAreNotReadAreRefused() {
    for (String syntax :
        List.of(
            "1.2.840.10008.1.2.4.201",
            "1.2.840.10008.1.2.4.92",
            "1.2.840.10008.1.2.4.110",
            "1.2.840.10008.1.2.4.102",
            "1.2.3.4")) {
      List<TestImage> images = stack();
      images.get(1).fragments(syntax, new byte[] {1, 2});
      assertRefused(ReasonCode.UNSUPPORTED_TRANSFER_SYNTAX, images, syntax);
    }
  }

  @Test
  void colourIsRefusedUnlessLuminanceIsAskedFor() {
    TestImage image = TestImage.flat(TestImage.ULTRASOUND, 1, 1, 2);
    image.bits(8, 8, 7, 0).bytes(VR.OB, 255, 0, 0, 10, 20, 30);
    image.attributes.setInt(Tag.SamplesPerPixel, VR.US, 3);
    image.with(Tag.PhotometricInterpretation, VR.CS, "RGB");
    SeriesSurvey survey = SeriesSurvey.of(List.of(image.source()));
    assertTrue(survey.description().colour());
    assertEquals(ReasonCode.COLOUR_IMAGE, survey.refusal().orElseThrow().code());
    assertEquals(ReasonCode.COLOUR_IMAGE, assertThrows(StudyRefused.class, survey::read).code());
    assertEquals(76, survey.readLuminance().volume().valueAt(0));
    assertEquals(18, survey.readLuminance().volume().valueAt(1));
  }

  @Test
  void severalRadiographsAreNotAVolume() {
    List<TestImage> images =
        List.of(
            TestImage.flat(TestImage.CR, 1, 1, 1, (short) 1),
            TestImage.flat(TestImage.CR, 2, 1, 1, (short) 1));
    assertRefused(ReasonCode.NO_PATIENT_GEOMETRY, images, "2 instances");
  }

  @Test
  void pixelDataThatEndEarlyAreDamaged() {
    List<TestImage> images = stack();
    images.get(3).shorts((short) 1, (short) 2);
    SeriesSurvey survey = SeriesSurvey.of(sources(images));
    assertTrue(survey.refusal().isEmpty());
    assertDamaged(survey);
    List<InstanceSource> cut = sources(stack());
    byte[] file = stack().get(2).file();
    cut.set(2, () -> new ByteArrayInputStream(Arrays.copyOf(file, file.length - 3)));
    assertDamaged(SeriesSurvey.of(cut));
  }

  private static void assertDamaged(SeriesSurvey survey) {
    assertEquals(
        ReasonCode.DAMAGED_PIXEL_DATA, assertThrows(StudyRefused.class, survey::read).code());
  }

  @Test
  void bytesThatAreNotDicomAreMalformed() {
    byte[] good = stack().get(0).file();
    for (byte[] bytes :
        List.of(new byte[0], new byte[500], "hello".getBytes(), Arrays.copyOf(good, 300))) {
      var refusal =
          assertThrows(
              StudyRefused.class,
              () -> SeriesSurvey.of(List.of(() -> new ByteArrayInputStream(bytes))));
      assertEquals(ReasonCode.MALFORMED_INSTANCE, refusal.code());
    }
  }

  @Test
  void aStoreThatFailsIsTriedAgain() {
    InstanceSource away =
        () -> {
          throw new IOException("away");
        };
    byte[] good = stack().get(0).file();
    InstanceSource breaking = () -> new BreakingStream(good, 400);
    for (InstanceSource source : List.of(away, breaking)) {
      var failure = assertThrows(FirstpassFailure.class, () -> SeriesSurvey.of(List.of(source)));
      assertEquals(TryAgainLater.class, failure.getClass());
      assertEquals(ReasonCode.STORE_UNAVAILABLE, failure.code());
    }
  }

  @Test
  void noRefusalNamesThePatient() {
    List<TestImage> images = stack();
    for (TestImage image : images) {
      image.with(Tag.PatientName, VR.PN, "Secret^Name").with(Tag.PatientID, VR.LO, "SECRET-ID");
    }
    images.get(2).but(a -> a.setString(Tag.PixelSpacing, VR.DS, "abc"));
    StudyRefused refusal = SeriesSurvey.of(sources(images)).refusal().orElseThrow();
    assertFalse(refusal.toString().toLowerCase(Locale.ROOT).contains("secret"));
    assertFalse(SeriesSurvey.of(sources(images)).description().toString().contains("Secret"));
  }

  /** Fails after some bytes, as a broken disk or connection does. */
  private static final class BreakingStream extends InputStream {
    private final byte[] bytes;
    private final int end;
    private int at;

    BreakingStream(byte[] bytes, int end) {
      this.bytes = bytes;
      this.end = end;
    }

    @Override
    public int read() throws IOException {
      if (at == end) {
        throw new IOException("broken");
      }
      return bytes[at++] & 0xff;
    }
  }

  private static List<TestImage> stack() {
    List<TestImage> images = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      images.add(TestImage.axial(i, 2.0 * i));
    }
    return images;
  }

  private static List<InstanceSource> sources(List<TestImage> images) {
    return new ArrayList<>(images.stream().map(TestImage::source).toList());
  }

  private static void assertMalformed(Consumer<Attributes> change, String words) {
    assertSpoiltOne(ReasonCode.MALFORMED_INSTANCE, change, words);
  }

  private static void assertUnsupported(Consumer<Attributes> change) {
    assertSpoiltOne(ReasonCode.UNSUPPORTED_PIXEL_FORMAT, change, "instance 2.25.100.2");
  }

  private static void assertSpoiltOne(ReasonCode code, Consumer<Attributes> change, String words) {
    List<TestImage> images = stack();
    images.get(2).but(change);
    assertRefused(code, images, words);
  }

  private static void assertRefused(ReasonCode code, List<TestImage> images, String words) {
    SeriesSurvey survey = SeriesSurvey.of(sources(images));
    StudyRefused refusal = survey.refusal().orElseThrow();
    assertEquals(code, refusal.code(), refusal::getMessage);
    assertTrue(
        String.valueOf(refusal.getMessage()).contains(words), () -> refusal.getMessage() + "");
    assertEquals(code, assertThrows(StudyRefused.class, survey::read).code());
  }
}
