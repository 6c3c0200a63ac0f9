package org.firstpass.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.imageio.ImageIO;
import org.firstpass.dataset.split.Split;
import org.firstpass.dicom.InstanceSource;
import org.firstpass.dicom.Segmentation;
import org.firstpass.dicom.SegmentationReader;
import org.firstpass.dicom.SeriesSurvey;
import org.firstpass.study.Sha256;
import org.firstpass.volume.NiftiWriter;
import org.junit.jupiter.api.Test;

class OtherFormatsTest extends ExportFixture {
  @Test
  void aBidsDerivativeHasASubjectPerPatientAndItsLabelsBesideItsImages() {
    publish(sixPatientsWithTwoSeriesEach());
    DatasetManifest manifest = export(DatasetFormat.BIDS, "bids");

    ExportedFolder bids = at("bids");
    assertEquals("derivative", bids.json("dataset_description.json").get("DatasetType").asText());
    for (DatasetCase one : manifest.cases()) {
      String subject = "sub-" + one.source().patient().value();
      String stem = subject + "/anat/" + subject + "_acq-" + one.name().substring(5);
      assertEquals(stem + "_ct.nii.gz", one.files().image().path());
      assertEquals(stem + "_desc-accepted_dseg.nii.gz", one.files().label().path());
      assertTrue(Files.exists(folder.resolve("bids").resolve(one.files().image().path())));
      JsonNode sidecar = bids.json(stem + "_desc-accepted_dseg.json");
      assertEquals("bids::" + one.files().image().path(), sidecar.get("SpatialReference").asText());
    }
    String participants = text("bids/participants.tsv");
    assertEquals(7, participants.lines().count());
    assertTrue(
        participants.contains(
            "sub-"
                + manifest.cases().get(0).source().patient()
                + "\t"
                + CasePlace.side(manifest.cases().get(0).split())
                + "\n"));
    assertEquals(
        "index\tname\n0\tbackground\n1\tLiver\n2\tSpleen\n", text("bids/desc-accepted_dseg.tsv"));
  }

  @Test
  void theTarOfTheSystemFindsEveryCaseOfAShardWithTheContentThatTheManifestSays()
      throws IOException, InterruptedException {
    publish(sixPatientsWithTwoSeriesEach());
    DatasetManifest manifest = export(DatasetFormat.WEBDATASET, "web");
    DatasetManifest again = export(DatasetFormat.WEBDATASET, "again");

    assertEquals(at("web").digests(), at("again").digests());
    assertEquals(manifest.hash(), again.hash());
    var extracted = new TreeSet<String>();
    for (Split split : Split.values()) {
      String shard = CasePlace.side(split) + "-000000.tar";
      Path to = Files.createDirectories(folder.resolve("extracted").resolve(shard));
      Process tar =
          new ProcessBuilder("tar", "-xf", folder.resolve("web").resolve(shard).toString())
              .directory(to.toFile())
              .inheritIO()
              .start();
      assertEquals(0, tar.waitFor());
      new ExportedFolder(to).names("").forEach(name -> extracted.add(shard + "/" + name));
    }
    var expected = new TreeSet<String>();
    for (DatasetCase one : manifest.cases()) {
      for (var file : List.of(one.files().image(), one.files().label())) {
        expected.add(file.path());
        Path content = folder.resolve("extracted").resolve(file.path());
        assertEquals(file.niftiDigest(), Sha256.of(ExportedFolder.content(content)));
      }
      expected.add(one.files().image().path().replace(".image.nii.gz", ".json"));
    }
    assertEquals(expected, extracted);
    assertEquals(
        manifest.count(Split.TEST), at("web").json("shards.json").at("/test/0/cases").asInt());
  }

  @Test
  void aDicomCaseIsReadBackAsItWasAndNamesNobody() throws IOException {
    readings.realSegmentations();
    publish(sixPatientsWithTwoSeriesEach());
    DatasetManifest manifest = export(DatasetFormat.DICOM, "dicom");

    for (DatasetCase one : manifest.cases()) {
      Path root = folder.resolve("dicom");
      ExportedFolder sources = new ExportedFolder(root.resolve(one.files().image().path()));
      List<byte[]> files = sources.files().stream().map(ExportedFolder::bytes).toList();
      var survey = SeriesSurvey.of(files.stream().map(OtherFormatsTest::source).toList());
      assertEquals(one.source().reference(), survey.description().reference());
      assertTrue(one.files().geometry().isSameGridAs(survey.read().volume().geometry()));
      var nifti = new ByteArrayOutputStream();
      NiftiWriter.write(survey.read().volume(), nifti);
      assertEquals(one.files().image().niftiDigest(), Sha256.of(nifti.toByteArray()));
      byte[] object = ExportedFolder.bytes(root.resolve(one.files().label().path()));
      Segmentation segmentation = SegmentationReader.read(source(object));
      assertEquals(Set.of(one.source().reference().series()), segmentation.referencedSeries());
      // A DICOM segmentation counts its segments from 1 without a gap.
      assertEquals(
          Map.of(value(manifest, Readings.LIVER), 12L, value(manifest, Readings.SPLEEN), 1L),
          segmentation.voxelsPerSegment());
    }
    for (Path file : at("dicom").files()) {
      String content = new String(ExportedFolder.bytes(file), StandardCharsets.ISO_8859_1);
      for (String secret : List.of("Familyname", "HOSPITAL-ID", "Secret", "synthetic", "202601")) {
        assertFalse(content.contains(secret), file + " has " + secret);
      }
    }
  }

  @Test
  void cocoHasAPictureOfEveryFrameAndTheRunLengthsOfEveryLabel() throws IOException {
    publish(sixPatientsWithTwoSeriesEach());
    DatasetManifest manifest = export(DatasetFormat.COCO, "coco");

    for (Split split : Split.values()) {
      String side = CasePlace.side(split);
      JsonNode json = at("coco").json("annotations/instances_" + side + ".json");
      assertEquals(5 * manifest.count(split), json.get("images").size());
      assertEquals(
          "[{\"id\":1,\"name\":\"Liver\"},{\"id\":2,\"name\":\"Spleen\"}]",
          json.get("categories").toString());
      // The liver lies in two slices, the spleen in one.
      assertEquals(3 * manifest.count(split), json.get("annotations").size());
      for (JsonNode image : json.get("images")) {
        Path file = folder.resolve("coco/images").resolve(side);
        BufferedImage picture =
            ImageIO.read(file.resolve(image.get("file_name").asText()).toFile());
        assertEquals(9, picture.getWidth());
        assertEquals(7, picture.getHeight());
        // Values rise by one from voxel to voxel; a frame has 63 of them.
        int first = picture.getRaster().getSample(0, 0, 0);
        assertEquals(0, first % 63);
        assertEquals(first + 9 * 4 + 3, picture.getRaster().getSample(3, 4, 0));
        assertEquals(1.0, image.get("slope").asDouble());
      }
      JsonNode liver = json.get("annotations").get(0);
      assertEquals(1, liver.get("category_id").asInt());
      assertEquals("[1,1,3,2]", liver.get("bbox").toString());
      assertEquals(6, liver.get("area").asInt());
      // Columns of 7: one empty, then rows 1 and 2 of columns 1 to 3.
      assertEquals("[8,2,5,2,5,2,39]", liver.at("/segmentation/counts").toString());
      assertEquals("[7,9]", liver.at("/segmentation/size").toString());
    }
  }

  private static InstanceSource source(byte[] file) {
    return () -> new ByteArrayInputStream(file);
  }

  @Test
  void allFormatsHaveTheSameVoxels() {
    readings.realSegmentations();
    publish(sixPatientsWithTwoSeriesEach());
    var digests = new TreeSet<String>();
    for (DatasetFormat format : DatasetFormat.values()) {
      var all = new ArrayList<String>();
      for (DatasetCase one : export(format, format.name()).cases()) {
        all.add(one.files().image().niftiDigest() + " " + one.files().label().niftiDigest());
      }
      Collections.sort(all);
      digests.add(all.toString());
    }
    assertEquals(1, digests.size());
  }

  private String text(String path) {
    return new String(ExportedFolder.bytes(folder.resolve(path)), StandardCharsets.UTF_8);
  }

  private static int value(DatasetManifest manifest, int segment) {
    return manifest.labels().stream()
        .filter(label -> label.segmentNumber() == segment)
        .mapToInt(LabelValue::value)
        .findFirst()
        .orElseThrow();
  }
}
