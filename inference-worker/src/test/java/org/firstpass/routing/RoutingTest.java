package org.firstpass.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.firstpass.dicom.SeriesDescription;
import org.firstpass.failure.ReasonCode;
import org.firstpass.model.Admission;
import org.firstpass.model.Applicability;
import org.firstpass.model.ModelPackage;
import org.firstpass.sample.SampleManifest;
import org.firstpass.study.SeriesInstanceUid;
import org.firstpass.study.Sha256;
import org.firstpass.study.StudyInstanceUid;
import org.firstpass.study.StudyReference;
import org.junit.jupiter.api.Test;

final class RoutingTest {
  private static final ModelPackage ANY_CT =
      model("any-ct", new Applicability(List.of("CT"), null, null, null, null, 20));
  private static final ModelPackage ABDOMEN =
      model(
          "z-abdomen",
          new Applicability(List.of("CT"), "abdo|partialbody", false, null, "bone", 10));
  private static final ModelPackage BRAIN =
      model("brain", new Applicability(List.of("MR"), null, null, "t1|mprage", null, 64));
  private static final Routing ROUTING = new Routing(List.of(ANY_CT, ABDOMEN, BRAIN));

  @Test
  void theMostSpecificOfThoseThatAcceptGetsTheSeries() {
    assertEquals(ABDOMEN, served(ct("ABDOMEN", "CT Body 3.0", 100)));
    assertEquals(ANY_CT, served(ct("CHEST", "CT Body 3.0", 100)));
    assertEquals(ANY_CT, served(ct("ABDOMEN", "Bone 1.0", 100)));
    assertEquals(BRAIN, served(new Sample("MR", "", "sag MPRAGE", 176).description()));
  }

  @Test
  void aMissingBodyPartIsAcceptedOnlyWhereThePackageSaysSo() {
    assertEquals(ANY_CT, served(ct("", "CT Body 3.0", 100)));
  }

  @Test
  void aSeriesThatNobodyAcceptsIsRefusedWithEachReason() {
    Route.Refused refused = refused(new Sample("PT", "", "", 300).description());
    assertEquals(ReasonCode.NO_PACKAGE, refused.code());
    assertTrue(refused.reason().contains("none of 3 packages accepts modality 'PT'"));
    assertTrue(
        refused.explanation().stream()
            .anyMatch(
                line -> line.startsWith("brain 1.0.0: modality must be one of [MR], is 'PT'")),
        refused.explanation().toString());
    Route.Refused description = refused(new Sample("MR", "", "T2 flair", 176).description());
    assertTrue(
        description.explanation().stream()
            .anyMatch(line -> line.contains("series description must match t1|mprage")));
  }

  @Test
  void tooFewSlicesIsToldOnlyWhenNothingElseSpeaksAgainst() {
    Route.Refused refused = refused(ct("CHEST", "", 19));
    assertEquals(ReasonCode.TOO_FEW_SLICES, refused.code());
    assertEquals("needs 20 slices, the series has 19", refused.reason());
    assertEquals(ANY_CT, served(ct("CHEST", "", 20)));
  }

  @Test
  void localizersColourAndImagesWithoutPlaceAreRefusedBeforeAnyPackageIsAsked() {
    assertEquals(
        ReasonCode.LOCALIZER,
        refused(describe("CT", List.of("ORIGINAL", "PRIMARY", "LOCALIZER"), false, true)).code());
    assertEquals(
        ReasonCode.COLOUR_IMAGE, refused(describe("US", List.of("ORIGINAL"), true, true)).code());
    assertEquals(
        ReasonCode.NO_PATIENT_GEOMETRY,
        refused(describe("CR", List.of("ORIGINAL"), false, false)).code());
  }

  @Test
  void imagesAndColourGoToThePackageThatAdmitsThem() {
    ModelPackage echo =
        model("echo", images("US", Admission.NO_PATIENT_GEOMETRY, Admission.COLOUR_AS_LUMINANCE));
    ModelPackage grey = model("grey", images("US", Admission.NO_PATIENT_GEOMETRY));
    SeriesDescription loop = describe("US", List.of("ORIGINAL"), true, false);
    assertEquals(
        List.of(echo),
        assertInstanceOf(Route.Served.class, new Routing(List.of(grey, echo)).route(subject(loop)))
            .packages());
    assertEquals(
        ReasonCode.COLOUR_IMAGE,
        assertInstanceOf(Route.Refused.class, new Routing(List.of(grey)).route(subject(loop)))
            .code());
    assertEquals(
        ReasonCode.NO_PATIENT_GEOMETRY,
        assertInstanceOf(
                Route.Refused.class,
                new Routing(List.of(echo))
                    .route(subject(describe("CR", List.of("ORIGINAL"), false, false))))
            .code());
  }

  private static Applicability images(String modality, Admission... admits) {
    return new Applicability(
        List.of(modality),
        null,
        null,
        null,
        null,
        1,
        null,
        null,
        null,
        List.of(),
        null,
        List.of(admits));
  }

  @Test
  void withoutPackagesEverySeriesIsRefused() {
    Route route = new Routing(List.of()).route(subject(ct("CHEST", "", 100)));
    assertEquals(ReasonCode.NO_PACKAGE, assertInstanceOf(Route.Refused.class, route).code());
  }

  private static ModelPackage served(SeriesDescription series) {
    Route route = ROUTING.route(subject(series));
    List<ModelPackage> packages =
        assertInstanceOf(Route.Served.class, route, route.explanation().toString()).packages();
    assertEquals(1, packages.size());
    return packages.get(0);
  }

  private static RoutingSubject subject(SeriesDescription series) {
    return new RoutingSubject(series, null, Instant.EPOCH);
  }

  private static Route.Refused refused(SeriesDescription series) {
    return assertInstanceOf(Route.Refused.class, ROUTING.route(subject(series)));
  }

  private static SeriesDescription ct(String bodyPart, String description, int frames) {
    return new Sample("CT", bodyPart, description, frames).description();
  }

  private record Sample(String modality, String bodyPart, String text, int frames) {
    SeriesDescription description() {
      return new SeriesDescription(
          reference(), modality, bodyPart, text, List.of("ORIGINAL"), false, true, frames);
    }
  }

  private static SeriesDescription describe(
      String modality, List<String> imageType, boolean colour, boolean geometry) {
    return new SeriesDescription(reference(), modality, "", "", imageType, colour, geometry, 100);
  }

  private static StudyReference reference() {
    return new StudyReference(new StudyInstanceUid("1.2"), new SeriesInstanceUid("1.2.3"));
  }

  private static ModelPackage model(String name, Applicability accepts) {
    return new ModelPackage(
        Path.of(name),
        new SampleManifest().name(name).accepts(accepts).asAcquired().draft(),
        Sha256.of(new byte[] {1}));
  }
}
