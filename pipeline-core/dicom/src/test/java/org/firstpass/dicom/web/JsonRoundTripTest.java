package org.firstpass.dicom.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.firstpass.dicom.InstanceSource;
import org.firstpass.dicom.SharedData;
import org.firstpass.dicom.TestImage;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From an instance to DICOM JSON, to an instance, to the same JSON. */
final class JsonRoundTripTest {
  private static final String BULK = "bulk:";

  @Test
  void everyVrComesBack() throws IOException {
    TestImage image =
        TestImage.axial(1, 0)
            .with(Tag.SpecificCharacterSet, VR.CS, "ISO_IR 192")
            .with(Tag.PatientName, VR.PN, "Müller^Jörg=山田^太郎=やまだ^たろう")
            .with(Tag.OtherPatientNames, VR.PN, "A^B", "", "C")
            .with(Tag.PatientComments, VR.LT, " with \\ and \" and\nlines ")
            .with(Tag.RescaleSlope, VR.DS, "-1.25E-3")
            .with(Tag.ImageType, VR.CS, "ORIGINAL", "", "AXIAL");
    image.but(
        data -> data.setFloat(Tag.RecommendedDisplayFrameRateInFloat, VR.FL, 0.1f, Float.NaN));
    image.but(
        data -> data.setDouble(Tag.RealWorldValueSlope, VR.FD, 1e-300, Double.POSITIVE_INFINITY));
    image.but(data -> data.setInt(Tag.FrameIncrementPointer, VR.AT, Tag.FrameTime));
    image.but(data -> data.setInt(Tag.SimpleFrameList, VR.UL, 0, -1));
    image.but(data -> data.setInt(Tag.ReferencePixelX0, VR.SL, -7));
    image.but(data -> data.setBytes(Tag.ICCProfile, VR.OB, new byte[] {1, 2, 3, 4}));
    image.but(data -> data.setBytes(Tag.EncapsulatedDocument, VR.OB, new byte[5000]));
    image.but(data -> data.newSequence(Tag.ReferencedStudySequence, 0));
    image.but(
        data -> {
          var item = new Attributes();
          data.newSequence(Tag.ReferencedImageSequence, 2).add(item);
          item.setString(Tag.ReferencedSOPInstanceUID, VR.UI, "2.25.7");
          item.setBytes(Tag.EncapsulatedDocument, VR.OB, new byte[3000]);
          data.getSequence(Tag.ReferencedImageSequence).add(new Attributes());
        });
    String json = assertComesBack(image.source(), "the image");
    for (String part :
        List.of(
            "\"Alphabetic\":\"Müller^Jörg\",\"Ideographic\":\"山田^太郎\",\"Phonetic\":\"やまだ^たろう\"",
            "[{\"Alphabetic\":\"A^B\"},null,{\"Alphabetic\":\"C\"}]",
            "[\"ORIGINAL\",null,\"AXIAL\"]",
            "\"00281053\":{\"vr\":\"DS\",\"Value\":[-0.00125]}",
            "[0.1,\"NaN\"]",
            "[1.0E-300,\"inf\"]",
            "\"Value\":[\"00181063\"]",
            "\"Value\":[0,4294967295]",
            "\"InlineBinary\":\"AQIDBA==\"",
            "\"00081110\":{\"vr\":\"SQ\"}",
            "\"BulkDataURI\":\"bulk:/00081140/0/00420011\"",
            "\"BulkDataURI\":\"bulk:/7FE00010\"")) {
      assertTrue(json.contains(part), part + " in " + json);
    }
  }

  @Test
  void realFilesComeBack() throws IOException {
    List<String> read = new ArrayList<>();
    for (Path file : SharedData.files("P12_small_pydicom")) {
      String name = file.getFileName().toString();
      boolean plain = !name.contains("RLE") && !name.contains("jp");
      if (plain && PydicomParityTest.hasPreamble(file)) {
        assertComesBack(() -> Files.newInputStream(file), name);
        read.add(name);
      }
    }
    assertTrue(read.size() > 8, read.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "7",
        "[7]",
        "{",
        "[{\"0008001\":{}}]",
        "[{\"00080018\":7}]",
        "[{\"00080018\":{\"vr\":\"XX\"}}]",
        "[{\"00280010\":{\"vr\":\"US\",\"Value\":[70000]}}]",
        "[{\"00280010\":{\"vr\":\"US\",\"Value\":[1.5]}}]",
        "[{\"00280010\":{\"vr\":\"US\",\"Value\":[\"a\"]}}]",
        "[{\"00280010\":{\"vr\":\"US\",\"Value\":7}}]",
        "[{\"00080018\":{\"vr\":\"UI\",\"Value\":[{}]}}]",
        "[{\"00080018\":{\"vr\":\"OB\",\"Value\":[1]}}]",
        "[{\"7FE00010\":{\"vr\":\"OB\",\"InlineBinary\":\"?\"}}]",
        "[{\"00081140\":{\"vr\":\"SQ\",\"Value\":[7]}}]",
        "[{\"0008001a\":{\"vr\":\"UI\"}}]",
        "[{\"00080018\":{}}]",
        "[{\"00080018\":{\"Value\":[\"1.2\"]}}]",
        "[{\"00080018\":{\"vr\":\"SQ\",\"Value\":[{}]}}]",
        "[{\"00081140\":{\"vr\":\"UI\",\"Value\":[\"1.2\"]}}]",
        "[{\"00080018\":{\"Value\":7,\"vr\":\"UI\"}}]"
      })
  void whatIsNoDicomJsonIsRefused(String json) {
    StudyRefused refused = assertThrows(StudyRefused.class, () -> read(json));
    assertEquals(ReasonCode.MALFORMED_INSTANCE, refused.code());
  }

  @Test
  void valuesMayComeBeforeTheirVr() throws IOException {
    String sorted =
        "[{\"00081140\":{\"Value\":[{\"00081155\":{\"Value\":[\"1.2\"],\"vr\":\"UI\"}}],\"vr\":\"SQ\"},"
            + "\"00280010\":{\"Value\":[7,8],\"vr\":\"US\"}}]";
    assertEquals(
        "{\"00081140\":{\"vr\":\"SQ\",\"Value\":[{\"00081155\":{\"vr\":\"UI\",\"Value\":[\"1.2\"]}}]},"
            + "\"00280010\":{\"vr\":\"US\",\"Value\":[7,8]}}",
        DicomJson.of(read(sorted).get(0).attributes()));
    String longer = "[{\"00104000\":{\"Value\":[\"" + "x".repeat(2 << 20) + "\"],\"vr\":\"LT\"}}]";
    assertThrows(StudyRefused.class, () -> read(longer));
  }

  @Test
  void sequencesWithoutAnEndAreRefused() {
    String deep = "[" + "{\"00081140\":{\"vr\":\"SQ\",\"Value\":[".repeat(10_000);
    assertThrows(StudyRefused.class, () -> read(deep));
  }

  private static List<JsonDataSet> read(String json) throws IOException {
    return JsonDataSet.read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
  }

  private static String assertComesBack(InstanceSource source, String which) throws IOException {
    String json = json(source);
    var bytes = new ByteArrayOutputStream();
    read(json).get(0).write(uri -> bulk(source, uri), bytes);
    assertEquals(
        withoutCharacterSet(json),
        withoutCharacterSet(json(() -> new ByteArrayInputStream(bytes.toByteArray()))),
        which);
    return json;
  }

  private static String withoutCharacterSet(String json) {
    return json.replaceFirst("\"00080005\":\\{[^}]*\\},?", "");
  }

  private static String json(InstanceSource source) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var array = new DicomJson.Array(out)) {
      array.add(source, BULK);
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  private static Optional<InstanceSource> bulk(InstanceSource source, String uri) {
    var value = new ByteArrayOutputStream();
    boolean found =
        BulkData.read(
            source,
            uri.substring(BULK.length() + 1),
            (in, length) -> {
              try {
                in.transferTo(value);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    return found
        ? Optional.of(() -> new ByteArrayInputStream(value.toByteArray()))
        : Optional.empty();
  }
}
