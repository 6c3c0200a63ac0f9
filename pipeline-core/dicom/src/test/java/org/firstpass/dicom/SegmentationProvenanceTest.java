package org.firstpass.dicom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.firstpass.dicom.SegmentationProvenance.Predecessor;
import org.firstpass.geometry.GridSize;
import org.firstpass.segment.CodedConcept;
import org.firstpass.segment.SegmentAlgorithmType;
import org.firstpass.study.SeriesInstanceUid;
import org.firstpass.study.SopInstanceUid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An object says who made it, with what, from what, and what it may be used for. */
class SegmentationProvenanceTest {
  private static final String DIGEST = "ab".repeat(32);

  private final SourceSeries source = SegmentationEncodingTest.source(new GridSize(23, 38, 3));

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource(SegmentationEncoding.class)
  void saysWhichModelMadeWhichSegment(SegmentationEncoding encoding) throws Exception {
    byte[] file = write(content(corrected("reader-7")), encoding);
    Attributes header = SegmentationEncodingTest.attributes(file);
    List<Attributes> equipment = header.getSequence(Tag.ContributingEquipmentSequence);
    assertEquals(2, equipment.size());
    assertEquals("abdomen-phantom", equipment.get(1).getString(Tag.ManufacturerModelName));
    assertEquals("1.0.0", equipment.get(1).getString(Tag.SoftwareVersions));
    assertEquals(DIGEST, equipment.get(1).getString(Tag.DeviceSerialNumber));
    assertEquals(
        "109102",
        equipment
            .get(1)
            .getNestedDataset(Tag.PurposeOfReferenceCodeSequence)
            .getString(Tag.CodeValue));
    List<StatedSegment> segments = read(file).statedSegments();
    assertEquals(
        List.of(
            Optional.of(SegmentAlgorithmType.AUTOMATIC),
            Optional.of(SegmentAlgorithmType.SEMIAUTOMATIC),
            Optional.of(SegmentAlgorithmType.MANUAL)),
        segments.stream().map(StatedSegment::algorithmType).toList());
    for (Attributes item : header.getSequence(Tag.SegmentSequence)) {
      boolean manual = "MANUAL".equals(item.getString(Tag.SegmentAlgorithmType));
      assertEquals(manual, item.getString(Tag.SegmentAlgorithmName) == null);
    }
  }

  @Test
  void saysNoModelContributedWhereAPersonDrewEverything() throws Exception {
    SegmentationContent other = TestSegments.content();
    var content =
        new SegmentationContent(
            other.schema(),
            Map.of(
                2, SegmentAlgorithmType.MANUAL,
                7, SegmentAlgorithmType.MANUAL,
                300, SegmentAlgorithmType.MANUAL),
            other.algorithm(),
            other.identity());
    Attributes header =
        SegmentationEncodingTest.attributes(write(content, SegmentationEncoding.BINARY));
    assertEquals(1, header.getSequence(Tag.ContributingEquipmentSequence).size());
  }

  @ParameterizedTest
  @EnumSource(ContentQualification.class)
  void saysWhatItMayBeUsedFor(ContentQualification qualification) throws Exception {
    var provenance = new SegmentationProvenance(qualification, "", null);
    Attributes header =
        SegmentationEncodingTest.attributes(
            write(content(provenance), SegmentationEncoding.BINARY));
    assertEquals(qualification.name(), header.getString(Tag.ContentQualification));
  }

  @Test
  void isForResearchUnlessToldOtherwise() throws Exception {
    Attributes header =
        SegmentationEncodingTest.attributes(
            write(TestSegments.content(), SegmentationEncoding.BINARY));
    assertEquals("RESEARCH", header.getString(Tag.ContentQualification));
    assertFalse(header.contains(Tag.ContentCreatorIdentificationCodeSequence));
    assertFalse(header.contains(Tag.SourceImageSequence));
  }

  @ParameterizedTest
  @ValueSource(strings = {"reader-7", "0b8c1d2e-77aa-4e52-9d0c-1f2e3d4c5b6a"})
  void namesThePersonWhoCorrectedByCode(String reader) throws Exception {
    byte[] file = write(content(corrected(reader)), SegmentationEncoding.BINARY);
    Attributes header = SegmentationEncodingTest.attributes(file);
    Attributes code =
        header
            .getNestedDataset(Tag.ContentCreatorIdentificationCodeSequence)
            .getNestedDataset(Tag.PersonIdentificationCodeSequence);
    assertEquals(reader, code.getString(reader.length() > 16 ? Tag.LongCodeValue : Tag.CodeValue));
    assertEquals("Reader^Test", header.getString(Tag.ContentCreatorName));
    assertValid(file);
  }

  @ParameterizedTest
  @EnumSource(SegmentationEncoding.class)
  void saysWhichProposalItCorrects(SegmentationEncoding encoding) {
    Segmentation read = read(write(content(corrected("reader-7")), encoding));
    assertEquals(Set.of(new SopInstanceUid("2.25.4711")), read.predecessors());
    assertEquals(Set.of(TestCt.DESCRIPTION.reference().series()), read.referencedSeries());
    assertEquals(3, read.referencedInstances().size());
  }

  @ParameterizedTest
  @EnumSource(SegmentationEncoding.class)
  void aCorrectionHoldsAgainstTheModuleTables(SegmentationEncoding encoding) {
    byte[] file = write(content(corrected("reader-7")), encoding);
    assertEquals(List.of(), ObjectChecker.check(() -> new ByteArrayInputStream(file)));
  }

  @Test
  void aStructureIsKnownAgainInEveryObjectOfTheSeries() {
    Segmentation proposal = read(write(TestSegments.content(), SegmentationEncoding.BINARY));
    Segmentation correction =
        read(write(content(corrected("reader-7")), SegmentationEncoding.LABELMAP_RLE));
    List<String> uids = proposal.statedSegments().stream().map(StatedSegment::trackingUid).toList();
    assertEquals(
        uids, correction.statedSegments().stream().map(StatedSegment::trackingUid).toList());
    assertEquals(3, Set.copyOf(uids).size());
    assertEquals(
        TrackingUid.of(
            TestCt.DESCRIPTION.reference().series(),
            TestSegments.SCHEMA,
            TestSegments.SCHEMA.segments().get(0)),
        uids.get(1));
    assertNotEquals("", proposal.statedSegments().get(0).trackingId());
  }

  @Test
  void aSegmentWithoutACodeCannotBeWritten() {
    assertThrows(IllegalArgumentException.class, () -> new CodedConcept("", "SCT", "Liver"));
    assertThrows(IllegalArgumentException.class, () -> new CodedConcept("10200004", "", "Liver"));
  }

  @Test
  void refusesAnIdentificationThatDoesNotFit() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new SegmentationProvenance(ContentQualification.PRODUCT, "a".repeat(65), null));
    assertThrows(
        IllegalArgumentException.class,
        () -> new SegmentationProvenance(ContentQualification.PRODUCT, "a\\b", null));
  }

  private static SegmentationProvenance corrected(String reader) {
    return new SegmentationProvenance(
        ContentQualification.RESEARCH,
        reader,
        Predecessor.segmentation(
            new SopInstanceUid("2.25.4711"), new SeriesInstanceUid("2.25.4712")));
  }

  private static SegmentationContent content(SegmentationProvenance provenance) {
    SegmentationContent other = TestSegments.content();
    return new SegmentationContent(
        other.schema(),
        other.algorithmTypes(),
        new AlgorithmIdentification("abdomen-phantom", "1.0.0", "overlap 0.5", DIGEST),
        other.identity(),
        provenance);
  }

  private byte[] write(SegmentationContent content, SegmentationEncoding encoding) {
    return SegmentationEncodingTest.write(
        source, TestSegments.noise(source.geometry(), 5), content, encoding);
  }

  private static Segmentation read(byte[] file) {
    return SegmentationReader.read(() -> new ByteArrayInputStream(file));
  }

  private void assertValid(byte[] bytes) throws Exception {
    Path file = Files.write(folder.resolve("seg.dcm"), bytes);
    assertEquals(List.of(), DebianTool.require("dciodvfy").run(file).linesStartingWith("Error"));
  }
}
