package org.firstpass.delivery;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.firstpass.dicom.AlgorithmIdentification;
import org.firstpass.dicom.CtSeriesDescription;
import org.firstpass.dicom.CtSeriesWriter;
import org.firstpass.dicom.InstanceSource;
import org.firstpass.dicom.ObjectIdentity;
import org.firstpass.dicom.SegmentationContent;
import org.firstpass.dicom.SegmentationIdentity;
import org.firstpass.dicom.SegmentationWriter;
import org.firstpass.dicom.SeriesImage;
import org.firstpass.dicom.SeriesSurvey;
import org.firstpass.event.CorrectionAccepted;
import org.firstpass.event.ObjectReference;
import org.firstpass.event.PackageReference;
import org.firstpass.event.ProposalMade;
import org.firstpass.event.ProposalNotes;
import org.firstpass.event.SegmentDecision;
import org.firstpass.event.SegmentScore;
import org.firstpass.event.SeriesInput;
import org.firstpass.event.SeriesRevisionCodec;
import org.firstpass.geometry.Axes;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSize;
import org.firstpass.geometry.Spacing;
import org.firstpass.geometry.Vector3;
import org.firstpass.segment.CodedConcept;
import org.firstpass.segment.LabelSchema;
import org.firstpass.segment.Segment;
import org.firstpass.segment.SegmentAlgorithmType;
import org.firstpass.segment.Verdict;
import org.firstpass.store.ObjectStore;
import org.firstpass.study.DicomUid;
import org.firstpass.study.FrameOfReferenceUid;
import org.firstpass.study.InstanceReference;
import org.firstpass.study.PatientKey;
import org.firstpass.study.SeriesInstanceUid;
import org.firstpass.study.SeriesRevision;
import org.firstpass.study.Sha256;
import org.firstpass.study.StudyInstanceUid;
import org.firstpass.study.StudyReference;
import org.firstpass.volume.LabelMap;
import org.firstpass.volume.LabelMapCodec;
import org.firstpass.volume.UncertaintyMapCodec;
import org.firstpass.volume.Volume;

/** A proposal and a correction of a CT series that no scanner made, with all their objects. */
record SampleResult(ProposalMade proposal, CorrectionAccepted correction) {
  static final GridSize SIZE = new GridSize(11, 7, 5);
  static final LabelSchema SCHEMA =
      new LabelSchema(
          "abdomen",
          1,
          List.of(
              segment(1, "Liver", "10200004", "Liver"),
              segment(2, "Spleen", "78961009", "Spleen")));

  private static final PackageReference MODEL =
      new PackageReference("abdomen-phantom", "1.0.0", Sha256.of(new byte[] {1}));

  private static Segment segment(int number, String label, String code, String meaning) {
    var category = new CodedConcept("123037004", "SCT", "Anatomical Structure");
    return new Segment(
        number, label, category, new CodedConcept(code, "SCT", meaning), null, "#dd8844");
  }

  /** Puts everything into the store; nothing of it is like that of another call. */
  static SampleResult in(ObjectStore store) {
    UUID unique = UUID.randomUUID();
    var reference =
        new StudyReference(
            new StudyInstanceUid(DicomUid.of(UUID.randomUUID())),
            new SeriesInstanceUid(DicomUid.of(unique)));
    SeriesInput input = series(reference, store);
    SeriesImage image = read(input, store);
    LabelMap proposed = labels(image.volume(), 0);
    LabelMap accepted = labels(image.volume(), 1);
    ObjectReference labels = store.put(LabelMapCodec.encode(proposed), LabelMapCodec.MEDIA_TYPE);
    UUID proposal = UUID.randomUUID();
    var made =
        new ProposalMade(
            proposal,
            DeliveryFixture.BEGIN,
            input,
            MODEL,
            SCHEMA,
            segmentation(image, proposed, SegmentAlgorithmType.AUTOMATIC, proposal, store),
            labels,
            List.of(new SegmentScore(1, 20, 0.1, 0.2), new SegmentScore(2, 20, 0.1, 0.3)),
            1234,
            notes(store));
    var corrected =
        new CorrectionAccepted(
            UUID.randomUUID(),
            DeliveryFixture.BEGIN,
            input,
            UUID.randomUUID(),
            made.id(),
            MODEL,
            SCHEMA,
            labels,
            store.put(LabelMapCodec.encode(accepted), LabelMapCodec.MEDIA_TYPE),
            segmentation(
                image, accepted, SegmentAlgorithmType.SEMIAUTOMATIC, UUID.randomUUID(), store),
            List.of(
                new SegmentDecision(
                    1, Verdict.MINOR, SegmentAlgorithmType.SEMIAUTOMATIC, 5, 3, 0.9),
                new SegmentDecision(2, Verdict.ACCEPT, SegmentAlgorithmType.AUTOMATIC, 0, 0, 1)),
            "reader-1",
            60_000);
    return new SampleResult(made, corrected);
  }

  private static ProposalNotes notes(ObjectStore store) {
    var doubt = new byte[SIZE.voxels()];
    for (int i = 0; i < doubt.length; i++) {
      doubt[i] = (byte) i;
    }
    ObjectReference map =
        store.put(UncertaintyMapCodec.encode(doubt, SIZE), UncertaintyMapCodec.MEDIA_TYPE);
    return new ProposalNotes(List.of(), map, List.of(0.0, 0.3, 0.1, 0.2, 0.0), null, null);
  }

  private static SeriesInput series(StudyReference reference, ObjectStore store) {
    var geometry =
        new GridGeometry(
            new FrameOfReferenceUid(DicomUid.of(UUID.randomUUID())),
            SIZE,
            new Vector3(-10, 20, 30),
            Axes.ofPlane(new Vector3(1, 0, 0), new Vector3(0, 1, 0)),
            new Spacing(0.7, 0.8, 2.5));
    var values = new float[SIZE.voxels()];
    for (int i = 0; i < values.length; i++) {
      values[i] = 40 + i % 97;
    }
    var description =
        new CtSeriesDescription(
            reference,
            "SECRET-4711",
            "Doe^Jane",
            "ABDOMEN",
            "sample",
            Instant.parse("2026-11-01T10:00:00Z"));
    List<InstanceReference> instances = new ArrayList<>();
    for (byte[] file : CtSeriesWriter.write(description, Volume.ofValues(geometry, values))) {
      ObjectReference stored = store.put(file, "application/dicom");
      ObjectIdentity identity = ObjectIdentity.read(() -> new ByteArrayInputStream(file));
      instances.add(
          new InstanceReference(
              identity.instance(), identity.sopClass(), stored.digest(), stored.size()));
    }
    var revision = new SeriesRevision(reference, 1, instances);
    ObjectReference manifest =
        store.put(SeriesRevisionCodec.encode(revision), SeriesRevisionCodec.MEDIA_TYPE);
    return new SeriesInput(reference, 1, revision.hash(), manifest, new PatientKey("p-1"));
  }

  private static SeriesImage read(SeriesInput input, ObjectStore store) {
    List<InstanceSource> instances = new StoredSeries(store).instances(input);
    return SeriesSurvey.of(instances).read();
  }

  /** Two boxes; the shift moves one of them. */
  private static LabelMap labels(Volume volume, int shift) {
    var labels = new short[SIZE.voxels()];
    for (int slice = 1; slice < 4; slice++) {
      for (int row = 1; row < 4; row++) {
        labels[SIZE.index(2 + shift, row, slice)] = 1;
        labels[SIZE.index(8, row + 2, slice)] = 2;
      }
    }
    return volume.withLabels(labels);
  }

  private static ObjectReference segmentation(
      SeriesImage image,
      LabelMap labels,
      SegmentAlgorithmType type,
      UUID result,
      ObjectStore store) {
    var content =
        new SegmentationContent(
            SCHEMA,
            Map.of(1, type, 2, SegmentAlgorithmType.AUTOMATIC),
            new AlgorithmIdentification("abdomen-phantom", "1.0.0", ""),
            new SegmentationIdentity(
                ProposalMade.segmentationInstance(result),
                ProposalMade.segmentationSeries(result),
                DeliveryFixture.BEGIN,
                "Firstpass"));
    var bytes = new ByteArrayOutputStream();
    SegmentationWriter.write(image.source(), labels, content, bytes);
    return store.put(bytes.toByteArray(), "application/dicom");
  }
}
