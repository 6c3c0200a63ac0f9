package org.firstpass.dataset;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import org.firstpass.dicom.AlgorithmIdentification;
import org.firstpass.dicom.CtSeriesDescription;
import org.firstpass.dicom.CtSeriesWriter;
import org.firstpass.dicom.InstanceHeader;
import org.firstpass.dicom.InstanceSource;
import org.firstpass.dicom.SegmentationContent;
import org.firstpass.dicom.SegmentationIdentity;
import org.firstpass.dicom.SegmentationWriter;
import org.firstpass.dicom.SeriesSurvey;
import org.firstpass.event.CorrectionAccepted;
import org.firstpass.event.ObjectReference;
import org.firstpass.event.PackageReference;
import org.firstpass.event.SegmentDecision;
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
import org.firstpass.study.NameBasedUuid;
import org.firstpass.study.PatientKey;
import org.firstpass.study.SeriesInstanceUid;
import org.firstpass.study.SeriesRevision;
import org.firstpass.study.Sha256;
import org.firstpass.study.SopInstanceUid;
import org.firstpass.study.StudyInstanceUid;
import org.firstpass.study.StudyReference;
import org.firstpass.volume.LabelMap;
import org.firstpass.volume.LabelMapCodec;
import org.firstpass.volume.Volume;

/** Puts synthetic series and labels into a store and tells of them as the review server does. */
final class Readings {
  static final String READER = "dr.reader@hospital.example";
  static final int LIVER = 2;
  static final int SPLEEN = 5;

  private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");
  private static final GridSize SIZE = new GridSize(9, 7, 5);
  private static final Vector3 COLUMN = new Vector3(0.8, 0.6, 0);
  private static final Vector3 ROW = new Vector3(-0.36, 0.48, 0.8);

  private final ObjectStore store;
  private final LabelSchema schema;
  private String modality = "CT";
  private String reader = READER;
  private boolean realSegmentations;
  private int events;

  Readings(ObjectStore store, LabelSchema schema) {
    this.store = store;
    this.schema = schema;
  }

  static LabelSchema schema(String name, int version) {
    return new LabelSchema(
        name,
        version,
        List.of(segment(SPLEEN, "78961009", "Spleen"), segment(LIVER, "10200004", "Liver")));
  }

  private static Segment segment(int number, String code, String label) {
    return new Segment(
        number,
        label,
        new CodedConcept("123037004", "SCT", "Anatomical Structure"),
        new CodedConcept(code, "SCT", label),
        null,
        "#aabbcc");
  }

  /** What the next series say they are, two letters. */
  void modality(String letters) {
    this.modality = letters;
  }

  /** The next readings have Segmentations that can be read; others have some bytes instead. */
  void realSegmentations() {
    this.realSegmentations = true;
  }

  private static byte[] segmentation(
      List<byte[]> files, Volume volume, Reading reading, LabelSchema schema) {
    UUID id = NameBasedUuid.of("segmentation", reading.toString());
    var types = new TreeMap<Integer, SegmentAlgorithmType>();
    schema.segments().forEach(one -> types.put(one.number(), SegmentAlgorithmType.SEMIAUTOMATIC));
    var content =
        new SegmentationContent(
            schema,
            types,
            new AlgorithmIdentification("abdomen-net", "1.0", ""),
            new SegmentationIdentity(
                new SopInstanceUid(DicomUid.of(id)),
                new SeriesInstanceUid(DicomUid.of(NameBasedUuid.of("series of", id.toString()))),
                START,
                "Reader^Secret"));
    var out = new ByteArrayOutputStream();
    SegmentationWriter.write(
        SeriesSurvey.of(files.stream().map(Readings::source).toList()).source(),
        labels(volume, reading),
        content,
        out);
    return out.toByteArray();
  }

  /** Who reads the next series. */
  void reader(String name) {
    this.reader = name;
  }

  /** Stores the series and its labels and returns the event. */
  CorrectionAccepted of(Reading reading) {
    return of(reading, schema);
  }

  CorrectionAccepted of(Reading reading, LabelSchema schema) {
    List<byte[]> files = files(reading);
    files.forEach(this::setModality);
    Volume volume = read(files);
    ObjectReference labels =
        store.put(LabelMapCodec.encode(labels(volume, reading)), LabelMapCodec.MEDIA_TYPE);
    ObjectReference segmentation =
        store.put(
            realSegmentations ? segmentation(files, volume, reading, schema) : new byte[] {1, 2, 3},
            "application/dicom");
    events++;
    return new CorrectionAccepted(
        NameBasedUuid.of("correction", reading.toString(), schema.name(), "" + schema.version()),
        START.plusSeconds(events),
        input(reading, files),
        NameBasedUuid.of("task", reading.toString()),
        NameBasedUuid.of("proposal", reading.toString()),
        new PackageReference("abdomen-net", "1.0", Sha256.of(new byte[] {9})),
        schema,
        labels,
        labels,
        segmentation,
        decisions(reading, schema),
        reader,
        61_000);
  }

  /** The event with other labels accepted. */
  static CorrectionAccepted withLabels(CorrectionAccepted event, ObjectReference labels) {
    return new CorrectionAccepted(
        event.id(),
        event.time(),
        event.input(),
        event.taskId(),
        event.proposalId(),
        event.modelPackage(),
        event.schema(),
        event.proposedLabels(),
        labels,
        event.segmentation(),
        event.decisions(),
        event.reader(),
        event.activeMillis(),
        event.findings(),
        event.effort(),
        event.selection());
  }

  static StudyReference reference(Reading reading) {
    return new StudyReference(
        new StudyInstanceUid(uid("study", reading)), new SeriesInstanceUid(uid("series", reading)));
  }

  private static String uid(String what, Reading reading) {
    UUID uuid = NameBasedUuid.of(what, "" + reading.patient(), "" + reading.series());
    return DicomUid.of(uuid);
  }

  private SeriesInput input(Reading reading, List<byte[]> files) {
    var instances = new ArrayList<InstanceReference>();
    for (byte[] file : files) {
      InstanceHeader header = InstanceHeader.read(source(file));
      ObjectReference stored = store.put(file, "application/dicom");
      instances.add(
          new InstanceReference(
              header.instance(), header.sopClass(), stored.digest(), stored.size()));
    }
    var revision = new SeriesRevision(reference(reading), reading.revision(), instances);
    return new SeriesInput(
        reference(reading),
        reading.revision(),
        revision.hash(),
        store.put(SeriesRevisionCodec.encode(revision), SeriesRevisionCodec.MEDIA_TYPE),
        new PatientKey("pk" + reading.patient()));
  }

  private static List<SegmentDecision> decisions(Reading reading, LabelSchema schema) {
    return schema.segments().stream()
        .map(
            segment ->
                new SegmentDecision(
                    segment.number(),
                    reading.verdicts().getOrDefault(segment.number(), Verdict.ACCEPT),
                    SegmentAlgorithmType.AUTOMATIC,
                    0,
                    0,
                    1.0))
        .toList();
  }

  static String patientName(int patient) {
    return "Familyname" + patient + "^Given";
  }

  static String patientId(int patient) {
    return "HOSPITAL-ID-" + patient;
  }

  private static List<byte[]> files(Reading reading) {
    var geometry =
        new GridGeometry(
            new FrameOfReferenceUid(DicomUid.of(NameBasedUuid.of("frame of reference"))),
            new GridSize(SIZE.columns(), SIZE.rows(), SIZE.slices() - 1 + reading.revision()),
            new Vector3(-101.5, 33.25, -712.125),
            Axes.ofPlane(COLUMN, ROW),
            new Spacing(0.75, 1.25, 3.5));
    var description =
        new CtSeriesDescription(
            reference(reading),
            patientId(reading.patient()),
            patientName(reading.patient()),
            "ABDOMEN",
            "synthetic",
            START);
    return CtSeriesWriter.write(description, Volume.ofValues(geometry, values(reading, geometry)));
  }

  // Every voxel of an image has a value of its own, so that a flip or a shift shows.
  private static float[] values(Reading reading, GridGeometry geometry) {
    var values = new float[geometry.size().voxels()];
    for (int index = 0; index < values.length; index++) {
      values[index] = index - 1000 + 3 * reading.image();
    }
    return values;
  }

  // The element (0008,0060) CS "CT" as it stands in the bytes.
  private void setModality(byte[] file) {
    var element = new byte[] {8, 0, 0x60, 0, 'C', 'S', 2, 0};
    for (int at = 0; at < file.length - element.length; at++) {
      if (Arrays.equals(file, at, at + element.length, element, 0, element.length)) {
        file[at + element.length] = (byte) modality.charAt(0);
        file[at + element.length + 1] = (byte) modality.charAt(1);
        return;
      }
    }
    throw new IllegalStateException("the synthetic series has no modality");
  }

  static Volume read(List<byte[]> files) {
    return SeriesSurvey.of(files.stream().map(Readings::source).toList()).read().volume();
  }

  private static InstanceSource source(byte[] file) {
    return () -> new ByteArrayInputStream(file);
  }

  /** A liver of 3 x 2 x 2 voxels and a spleen of one, where a flip shows. */
  private static LabelMap labels(Volume volume, Reading reading) {
    GridSize size = volume.geometry().size();
    var labels = new short[size.voxels()];
    for (int slice = 1; slice <= 2; slice++) {
      for (int row = 1; row <= 2; row++) {
        for (int column = 1; column <= 3; column++) {
          labels[size.index(column + reading.shift(), row, slice)] = LIVER;
        }
      }
    }
    labels[size.index(8, 6, 3)] = SPLEEN;
    reading
        .verdicts()
        .forEach(
            (segment, verdict) -> {
              if (verdict == Verdict.NOT_ASSESSABLE || verdict == Verdict.REJECT) {
                erase(labels, segment);
              }
            });
    return volume.withLabels(labels);
  }

  private static void erase(short[] labels, int segment) {
    for (int index = 0; index < labels.length; index++) {
      if (labels[index] == segment) {
        labels[index] = 0;
      }
    }
  }
}
