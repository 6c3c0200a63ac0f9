package org.firstpass.dicom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.Plane;
import org.firstpass.geometry.Vector3;
import org.junit.jupiter.api.Test;

/** What a series says of how it was acquired, attribute by attribute. */
class SeriesAcquisitionTest {
  private static final int SLICES = 4;

  @Test
  void aSeriesThatSaysNothingHasNothingButItsGeometry() {
    Acquisition acquisition = acquisition(image -> {});
    assertEquals(List.of(), acquisition.sequence());
    assertFalse(acquisition.contrast());
    assertEquals("", acquisition.station());
    assertNotNull(acquisition.geometry());
  }

  @Test
  void theSequenceIsEveryValueThatNamesItInOneOrderWithoutPaddingAndEmptyOnes() {
    Acquisition acquisition =
        acquisition(
            image ->
                image
                    .with(Tag.ProtocolName, VR.LO, "Head  TOF ")
                    .with(Tag.ScanOptions, VR.CS, "FC", "", "SAT1")
                    .with(Tag.SequenceVariant, VR.CS, "SP")
                    .with(Tag.ScanningSequence, VR.CS, "GR", "IR")
                    .with(Tag.PulseSequenceName, VR.SH, "tof3d")
                    .with(Tag.SequenceName, VR.SH, "*fl3d1r"));
    assertEquals(
        List.of("*fl3d1r", "tof3d", "GR", "IR", "SP", "FC", "SAT1", "Head  TOF"),
        acquisition.sequence());
  }

  @Test
  void contrastIsAnAgentThatIsNamedOrASequenceThatHasAnItem() {
    assertTrue(acquisition(image -> image.with(Tag.ContrastBolusAgent, VR.LO, "G")).contrast());
    assertFalse(acquisition(image -> image.with(Tag.ContrastBolusAgent, VR.LO)).contrast());
    assertFalse(acquisition(image -> image.with(Tag.ContrastBolusAgent, VR.LO, "  ")).contrast());
    assertTrue(acquisition(image -> agents(image.attributes, 1)).contrast());
    assertFalse(acquisition(image -> agents(image.attributes, 0)).contrast());
  }

  @Test
  void theStationIsNamedWithoutPadding() {
    assertEquals("CT 2", acquisition(i -> i.with(Tag.StationName, VR.SH, "CT 2 ")).station());
  }

  @Test
  void theEquipmentIsItsMakerAndModelInOneLine() {
    assertEquals("", equipment(image -> {}));
    assertEquals("Acme", equipment(image -> image.with(Tag.Manufacturer, VR.LO, "Acme ")));
    assertEquals("Ray 7", equipment(i -> i.with(Tag.ManufacturerModelName, VR.LO, " Ray 7")));
    assertEquals("Acme Ray 7", equipment(image -> made(image, "Acme", "Ray 7")));
    assertEquals("Acme Ray 7", equipment(image -> made(image, "Acme", "Acme Ray 7")));
    assertEquals("Acme Ray  7", equipment(image -> made(image, "Acme", "Ray\t\u001b7")));
  }

  private static void made(TestImage image, String maker, String model) {
    image.with(Tag.Manufacturer, VR.LO, maker).with(Tag.ManufacturerModelName, VR.LO, model);
  }

  private static String equipment(Consumer<TestImage> change) {
    return SeriesSurvey.of(sources(change)).read().source().equipment();
  }

  @Test
  void theGeometryIsThatOfTheVolume() {
    List<InstanceSource> sources = sources(image -> {});
    SeriesSurvey survey = SeriesSurvey.of(sources);
    GridGeometry geometry = geometry(survey);
    GridGeometry.requireSameGrid(survey.read().volume().geometry(), geometry);
    assertEquals(3, geometry.spacing().slice(), 1e-9);
    assertEquals(SLICES, geometry.size().slices());
  }

  @Test
  void thePlaneIsToldByTheSlicesWhateverTheyAreCalled() {
    Vector3 x = new Vector3(1, 0, 0);
    Vector3 y = new Vector3(0, 1, 0);
    Vector3 z = new Vector3(0, 0, 1);
    assertEquals(Plane.AXIAL, plane(x, y));
    assertEquals(Plane.CORONAL, plane(x, z.times(-1)));
    assertEquals(Plane.SAGITTAL, plane(y, z.times(-1)));
    assertEquals(Plane.OBLIQUE, plane(x, y.plus(z).normalized()));
  }

  @Test
  void aSeriesThatIsNoVolumeHasNoGeometryAndTellsTheRest() {
    List<TestImage> images = images(image -> image.with(Tag.StationName, VR.SH, "CT2"));
    images.remove(1);
    SeriesSurvey survey = SeriesSurvey.of(images.stream().map(TestImage::source).toList());
    assertTrue(survey.refusal().isPresent());
    assertNull(survey.description().acquisition().geometry());
    assertEquals("CT2", survey.description().acquisition().station());
  }

  @Test
  void framesWithoutAPlaceInThePatientHaveNoGeometry() {
    TestImage radiograph = TestImage.flat(TestImage.CR, 1, 2, 3, new short[6]);
    radiograph.attributes.setDouble(Tag.ImagerPixelSpacing, VR.DS, 0.15, 0.2);
    SeriesSurvey survey = SeriesSurvey.of(List.of(radiograph.source()));
    assertTrue(survey.refusal().isEmpty());
    assertNull(survey.description().acquisition().geometry());
  }

  @Test
  void anEnhancedInstanceTellsTheSameAsItsSlices() {
    TestImage enhanced = enhanced();
    enhanced
        .with(Tag.PulseSequenceName, VR.SH, "tof3d")
        .with(Tag.ProtocolName, VR.LO, "Head")
        .with(Tag.StationName, VR.SH, "MR1");
    agents(enhanced.attributes, 1);
    SeriesSurvey survey = SeriesSurvey.of(List.of(enhanced.source()));
    Acquisition acquisition = survey.description().acquisition();
    assertEquals(List.of("tof3d", "Head"), acquisition.sequence());
    assertTrue(acquisition.contrast());
    assertEquals("MR1", acquisition.station());
    assertEquals(SLICES, survey.description().frames());
    GridGeometry.requireSameGrid(geometry(SeriesSurvey.of(sources(i -> {}))), geometry(survey));
  }

  private static Acquisition acquisition(Consumer<TestImage> change) {
    return SeriesSurvey.of(sources(change)).description().acquisition();
  }

  private static GridGeometry geometry(SeriesSurvey survey) {
    GridGeometry geometry = survey.description().acquisition().geometry();
    assertNotNull(geometry);
    return geometry;
  }

  private static Plane plane(Vector3 column, Vector3 row) {
    List<InstanceSource> sources = new ArrayList<>();
    for (int number = 0; number < SLICES; number++) {
      Vector3 position = column.cross(row).times(3.0 * number);
      sources.add(TestImage.axial(number, 0).plane(position, column, row).source());
    }
    return Plane.of(geometry(SeriesSurvey.of(sources)).axes());
  }

  private static List<InstanceSource> sources(Consumer<TestImage> change) {
    return images(change).stream().map(TestImage::source).toList();
  }

  private static List<TestImage> images(Consumer<TestImage> change) {
    List<TestImage> images = new ArrayList<>();
    for (int number = 0; number < SLICES; number++) {
      TestImage image = TestImage.axial(number, 3.0 * number);
      change.accept(image);
      images.add(image);
    }
    return images;
  }

  private static void agents(Attributes attributes, int count) {
    var sequence = attributes.newSequence(Tag.ContrastBolusAgentSequence, count);
    for (int number = 0; number < count; number++) {
      var agent = new Attributes();
      agent.setString(Tag.CodeMeaning, VR.LO, "Iodinated contrast agent");
      sequence.add(agent);
    }
  }

  private static TestImage enhanced() {
    TestImage image =
        TestImage.flat(TestImage.ENHANCED_CT, 1, 3, 2, new short[6 * SLICES])
            .with(Tag.FrameOfReferenceUID, VR.UI, "2.25.3");
    image.attributes.setInt(Tag.NumberOfFrames, VR.IS, SLICES);
    var shared = new Attributes();
    image.attributes.newSequence(Tag.SharedFunctionalGroupsSequence, 1).add(shared);
    Attributes first = TestImage.axial(0, 0).attributes;
    group(shared, Tag.PixelMeasuresSequence, first, Tag.PixelSpacing);
    group(shared, Tag.PlaneOrientationSequence, first, Tag.ImageOrientationPatient);
    group(
        shared,
        Tag.PixelValueTransformationSequence,
        first,
        Tag.RescaleIntercept,
        Tag.RescaleSlope);
    var perFrame = image.attributes.newSequence(Tag.PerFrameFunctionalGroupsSequence, SLICES);
    for (int number = 0; number < SLICES; number++) {
      var frame = new Attributes();
      Attributes slice = TestImage.axial(number, 3.0 * number).attributes;
      group(frame, Tag.PlanePositionSequence, slice, Tag.ImagePositionPatient);
      perFrame.add(frame);
    }
    return image;
  }

  private static void group(Attributes groups, int sequence, Attributes from, int... tags) {
    var item = new Attributes();
    item.addSelected(from, tags);
    groups.newSequence(sequence, 1).add(item);
  }
}
