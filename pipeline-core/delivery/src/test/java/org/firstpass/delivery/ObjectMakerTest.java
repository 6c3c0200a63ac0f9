package org.firstpass.delivery;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.firstpass.dicom.ObjectChecker;
import org.firstpass.dicom.ObjectIdentity;
import org.firstpass.dicom.Segmentation;
import org.firstpass.dicom.SegmentationReader;
import org.firstpass.dicom.StructureSetReader;
import org.firstpass.dicom.web.DicomJson;
import org.firstpass.geometry.GridSize;
import org.firstpass.segment.SegmentAlgorithmType;
import org.firstpass.store.FileObjectStore;
import org.firstpass.study.Sha256;
import org.firstpass.study.TransferSyntaxUid;
import org.firstpass.volume.LabelMap;
import org.firstpass.volume.LabelMapCodec;
import org.firstpass.volume.ProbabilityMapCodec;
import org.firstpass.volume.VoxelBox;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ObjectMakerTest {
  private static final TransferSyntaxUid RLE = new TransferSyntaxUid("1.2.840.10008.1.2.5");

  @TempDir private Path folder;
  private FileObjectStore store;
  private ObjectMaker maker;
  private SampleResult sample;
  private Result proposed;
  private Result corrected;

  @BeforeEach
  void open() {
    store = new FileObjectStore(folder);
    maker = new ObjectMaker(store, new StoredSeries(store));
    sample = SampleResult.in(store);
    proposed = Result.of(sample.proposal());
    corrected = Result.of(sample.correction());
  }

  private ObjectIdentity identity(Sha256 object) {
    return ObjectIdentity.read(() -> store.open(object));
  }

  private LabelMap labels(Result result) {
    return LabelMapCodec.decode(store.read(result.labels().digest()));
  }

  @ParameterizedTest
  @EnumSource(names = {"BINARY", "LABELMAP", "LABELMAP_RLE"})
  void everyFormHasTheLabelsThatCount(SegmentationForm form) {
    for (Result result : List.of(proposed, corrected)) {
      for (Sha256 object : maker.make(result, ObjectKind.SEG, form, true)) {
        Segmentation read = SegmentationReader.read(() -> store.open(object));
        LabelMap expected = labels(result);
        assertArrayEquals(
            expected.toArray(),
            read.toLabelMap(expected.geometry(), SampleResult.SCHEMA).toArray());
      }
    }
  }

  @ParameterizedTest
  @EnumSource(SegmentationForm.class)
  void theSameResultGivesTheSameObject(SegmentationForm form) {
    assertEquals(
        maker.make(corrected, ObjectKind.SEG, form, true),
        maker.make(corrected, ObjectKind.SEG, form, true));
  }

  @Test
  void runLengthFormAndItsFallbackAreOneObjectInTwoTransferSyntaxes() {
    List<Sha256> forms = maker.make(proposed, ObjectKind.SEG, SegmentationForm.LABELMAP_RLE, true);
    assertEquals(2, forms.size());
    assertEquals(identity(forms.get(0)).instance(), identity(forms.get(1)).instance());
    assertEquals(identity(forms.get(0)).sopClass(), identity(forms.get(1)).sopClass());
    assertEquals(RLE, identity(forms.get(0)).transferSyntax());
    assertNotEquals(RLE, identity(forms.get(1)).transferSyntax());
    assertEquals(
        forms.subList(1, 2), maker.make(proposed, ObjectKind.SEG, SegmentationForm.LABELMAP, true));
  }

  @Test
  void objectsOfDifferentKindsAndResultsHaveUidsOfTheirOwn() {
    Set<String> instances = new HashSet<>();
    Set<String> series = new HashSet<>();
    int objects = 0;
    for (Result result : List.of(proposed, corrected)) {
      for (SegmentationForm form :
          List.of(
              SegmentationForm.BINARY, SegmentationForm.LABELMAP, SegmentationForm.FRACTIONAL)) {
        ObjectIdentity made = identity(maker.make(result, ObjectKind.SEG, form, true).get(0));
        instances.add(made.instance().value());
        series.add(made.reference().series().value());
        objects++;
      }
    }
    ObjectIdentity contours =
        identity(maker.make(corrected, ObjectKind.RTSTRUCT, SegmentationForm.BINARY, true).get(0));
    instances.add(contours.instance().value());
    series.add(contours.reference().series().value());
    assertEquals(objects + 1, instances.size());
    assertEquals(objects + 1, series.size());
    assertEquals(corrected.input().reference().study(), contours.reference().study());
  }

  @Test
  void whatAReaderLeftAloneStaysAutomaticAndWhatWasChangedDoesNot() {
    Map<Integer, SegmentAlgorithmType> expected = new HashMap<>();
    expected.put(1, SegmentAlgorithmType.SEMIAUTOMATIC);
    expected.put(2, SegmentAlgorithmType.AUTOMATIC);
    assertEquals(expected, corrected.algorithmTypes());
    assertEquals(
        Set.of(SegmentAlgorithmType.AUTOMATIC), Set.copyOf(proposed.algorithmTypes().values()));
  }

  @Test
  void everyObjectIsSoundAndTheSameAgain() {
    for (SegmentationForm form : SegmentationForm.values()) {
      for (ObjectKind object : ObjectKind.values()) {
        for (Result result : List.of(proposed, corrected)) {
          if (result.offers(object)) {
            List<Sha256> made = maker.make(result, object, form, true);
            made.forEach(
                each -> assertEquals(List.of(), ObjectChecker.check(() -> store.open(each))));
            assertEquals(made, maker.make(result, object, form, true));
          }
        }
      }
    }
  }

  /** PS3.3 C.17.2.3. */
  @ParameterizedTest
  @EnumSource(SegmentationForm.class)
  void theReportOfACorrectionReplacesThatOfTheProposal(SegmentationForm form) {
    ObjectIdentity first = identity(maker.make(proposed, ObjectKind.SR, form, true).get(0));
    Sha256 second = maker.make(corrected, ObjectKind.SR, form, true).get(0);
    assertEquals(first.reference().study(), identity(second).reference().study());
    assertEquals(
        List.of(
            first.reference().study() + " " + first.reference().series() + " " + first.instance()),
        predecessors(second));
    assertEquals(List.of(), predecessors(maker.make(proposed, ObjectKind.SR, form, true).get(0)));
  }

  @Test
  void aReportThatReplacesNoneIsAnotherObject() {
    SegmentationForm form = SegmentationForm.BINARY;
    Sha256 alone = maker.make(corrected, ObjectKind.SR, form, false).get(0);
    Sha256 replacing = maker.make(corrected, ObjectKind.SR, form, true).get(0);
    assertEquals(List.of(), predecessors(alone));
    assertNotEquals(identity(alone).instance(), identity(replacing).instance());
    assertEquals(List.of(), ObjectChecker.check(() -> store.open(alone)));
  }

  /** Study, series and instance of each document that a report replaces. */
  private List<String> predecessors(Sha256 report) {
    JsonNode json;
    try {
      json =
          new ObjectMapper().readTree(DicomJson.header(() -> store.open(report), t -> true).json());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
    List<String> found = new ArrayList<>();
    for (JsonNode study : json.at("/0040A360/Value")) {
      for (JsonNode series : study.at("/00081115/Value")) {
        for (JsonNode document : series.at("/00081199/Value")) {
          found.add(
              study.at("/0020000D/Value/0").asText()
                  + " "
                  + series.at("/0020000E/Value/0").asText()
                  + " "
                  + document.at("/00081155/Value/0").asText());
        }
      }
    }
    return found;
  }

  @Test
  void aResultOffersOnlyWhatCanBeMadeOfIt() {
    assertTrue(proposed.offers(ObjectKind.PM));
    assertTrue(proposed.offers(ObjectKind.KOS));
    assertFalse(corrected.offers(ObjectKind.PM));
    assertFalse(corrected.offers(ObjectKind.KOS));
  }

  @Test
  void contoursHaveTheLabelsThatCount() {
    Sha256 object =
        maker.make(corrected, ObjectKind.RTSTRUCT, SegmentationForm.BINARY, true).get(0);
    LabelMap expected = labels(corrected);
    LabelMap read =
        StructureSetReader.read(() -> store.open(object))
            .toLabelMap(expected.geometry(), SampleResult.SCHEMA);
    assertArrayEquals(expected.toArray(), read.toArray());
  }

  @Test
  void certaintyIsOneWhereNothingIsKnownAndNeverBelowOneHalfWhereASegmentIs() {
    LabelMap labels = labels(proposed);
    int first = SampleResult.SIZE.index(0, 0, 2);
    var doubt = new byte[SampleResult.SIZE.voxels()];
    doubt[SampleResult.SIZE.index(2, 1, 2)] = (byte) 255;
    doubt[SampleResult.SIZE.index(2, 2, 2)] = 100;
    var slice = new byte[SampleResult.SIZE.columns() * SampleResult.SIZE.rows()];
    new Certainty(labels, Optional.of(doubt)).read(1, 2, slice);
    for (int i = 0; i < slice.length; i++) {
      int value = Byte.toUnsignedInt(slice[i]);
      assertEquals(labels.labelAt(first + i) == 1, value > 0, "voxel " + i);
    }
    assertEquals(128, Byte.toUnsignedInt(slice[SampleResult.SIZE.index(2, 1, 0)]));
    assertEquals(205, Byte.toUnsignedInt(slice[SampleResult.SIZE.index(2, 2, 0)]));
    assertEquals(255, Byte.toUnsignedInt(slice[SampleResult.SIZE.index(2, 3, 0)]));
    new Certainty(labels, Optional.empty()).read(1, 2, slice);
    assertEquals(255, Byte.toUnsignedInt(slice[SampleResult.SIZE.index(2, 1, 0)]));
  }

  @Test
  void whatTheNetworkSaidIsSentAsItIsButNeverOnTheOtherSideOfTheHalf() {
    LabelMap labels = labels(proposed);
    GridSize size = SampleResult.SIZE;
    // Beside, at and in the segment, as far from it as the grid goes.
    int[] said = {200, 60, 90, 254, 255};
    var source =
        new ProbabilityMapCodec.Source() {
          @Override
          public int segmentNumber() {
            return 1;
          }

          @Override
          public VoxelBox box() {
            return new VoxelBox(0, 1, 2, size.columns() - 1, 1, 2);
          }

          @Override
          public void read(int row, int slice, byte[] target) {
            for (int i = 0; i < target.length; i++) {
              target[i] = (byte) said[i % said.length];
            }
          }
        };
    byte[] map = ProbabilityMapCodec.encode(size, List.of(source));
    var kept = new KeptProbabilities(labels, () -> new ByteArrayInputStream(map));
    var slice = new byte[size.voxelsPerSlice()];
    kept.read(1, 2, slice);
    int unchanged = 0;
    for (int i = 0; i < slice.length; i++) {
      boolean proposedHere = labels.labelAt(size.index(0, 0, 2) + i) == 1;
      boolean inBox = i / size.columns() == 1;
      int value = inBox ? said[i % size.columns() % said.length] : 0;
      int expected = proposedHere ? Math.max(128, value) : Math.min(127, value);
      assertEquals(expected, Byte.toUnsignedInt(slice[i]), "voxel " + i);
      unchanged += inBox && value == expected ? 1 : 0;
    }
    assertTrue(unchanged > 0, "some are as they were said");
    kept.read(2, 2, slice);
    assertEquals(labels.labelAt(size.index(0, 0, 2)) == 2 ? 128 : 0, Byte.toUnsignedInt(slice[0]));
  }
}
