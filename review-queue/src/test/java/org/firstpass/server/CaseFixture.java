package org.firstpass.server;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.firstpass.dicom.CtSeriesDescription;
import org.firstpass.dicom.CtSeriesWriter;
import org.firstpass.dicom.InstanceHeader;
import org.firstpass.event.ObjectReference;
import org.firstpass.event.PackageReference;
import org.firstpass.event.ProposalMade;
import org.firstpass.event.SegmentScore;
import org.firstpass.event.SeriesArrived;
import org.firstpass.event.SeriesInput;
import org.firstpass.event.SeriesRevisionCodec;
import org.firstpass.geometry.Axes;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSize;
import org.firstpass.geometry.Spacing;
import org.firstpass.geometry.Vector3;
import org.firstpass.review.ProposalFixture;
import org.firstpass.store.FileObjectStore;
import org.firstpass.store.ObjectStore;
import org.firstpass.study.DicomUid;
import org.firstpass.study.FrameOfReferenceUid;
import org.firstpass.study.InstanceReference;
import org.firstpass.study.NameBasedUuid;
import org.firstpass.study.PatientKey;
import org.firstpass.study.SeriesInstanceUid;
import org.firstpass.study.SeriesRevision;
import org.firstpass.study.Sha256;
import org.firstpass.study.StudyInstanceUid;
import org.firstpass.study.StudyReference;
import org.firstpass.volume.LabelMap;
import org.firstpass.volume.LabelMapCodec;
import org.firstpass.volume.Volume;

/**
 * Small CT series in a store, with a proposal for each: oblique, anisotropic, off the origin, not
 * square. The same name gives the same series.
 */
public final class CaseFixture {
  public static final GridSize SIZE = new GridSize(6, 5, 4);

  public final ObjectStore store;

  public CaseFixture(Path folder) {
    this.store = new FileObjectStore(folder);
  }

  /** Grid of every case; slices grow along the right-handed normal. */
  public static GridGeometry grid(String name) {
    double angle = Math.toRadians(20);
    return new GridGeometry(
        new FrameOfReferenceUid(uid(name, "frame")),
        SIZE,
        new Vector3(-31.5, 12.25, 100),
        Axes.ofPlane(
            new Vector3(Math.cos(angle), Math.sin(angle), 0),
            new Vector3(-Math.sin(angle), Math.cos(angle), 0)),
        new Spacing(0.7, 0.9, 2.5));
  }

  /** The value of a voxel: different for each, in HU. */
  public static int value(int index) {
    return index * 13 - 700;
  }

  public static short[] proposedLabels() {
    var labels = new short[SIZE.voxels()];
    for (int index = 0; index < labels.length; index++) {
      labels[index] = (short) (index < 30 ? 1 : index < 42 ? 2 : 0);
    }
    return labels;
  }

  public static LabelMap proposed(String name) {
    return new LabelMap(grid(name), proposedLabels());
  }

  public SeriesArrived arrived(String name) {
    return new SeriesArrived(
        NameBasedUuid.of("arrived", name), ProposalFixture.TIME, input(name), "CT", 4);
  }

  public ProposalMade proposal(String name) {
    ObjectReference labels =
        store.put(LabelMapCodec.encode(proposed(name)), LabelMapCodec.MEDIA_TYPE);
    return new ProposalMade(
        NameBasedUuid.of("case", name),
        ProposalFixture.TIME,
        input(name),
        new PackageReference("phantom", "1.0", Sha256.of(new byte[] {1})),
        ProposalFixture.SCHEMA,
        store.put(
            ("a SEG of " + name).getBytes(java.nio.charset.StandardCharsets.UTF_8),
            "application/dicom"),
        labels,
        List.of(
            new SegmentScore(1, 30, 0.04725, 0.3),
            new SegmentScore(2, 12, 0.0189, 0.1),
            new SegmentScore(3, 0, 0, 0)),
        7);
  }

  /** The files of a case, which are not in the store yet. */
  static List<byte[]> series(String name) {
    var values = new float[SIZE.voxels()];
    for (int index = 0; index < values.length; index++) {
      values[index] = value(index);
    }
    var description =
        new CtSeriesDescription(
            reference(name), "PID-" + name, "Doe^Jane", "ABDOMEN", "test", Instant.EPOCH);
    return CtSeriesWriter.write(description, Volume.ofValues(grid(name), values));
  }

  private static StudyReference reference(String name) {
    return new StudyReference(
        new StudyInstanceUid(uid(name, "study")), new SeriesInstanceUid(uid(name, "series")));
  }

  private SeriesInput input(String name) {
    var instances = new ArrayList<InstanceReference>();
    for (byte[] file : series(name)) {
      ObjectReference object = store.put(file, "application/dicom");
      InstanceHeader header = InstanceHeader.read(() -> store.open(object.digest()));
      instances.add(
          new InstanceReference(
              header.instance(), header.sopClass(), object.digest(), object.size()));
    }
    StudyReference reference = reference(name);
    var revision = new SeriesRevision(reference, 1, instances);
    ObjectReference manifest =
        store.put(SeriesRevisionCodec.encode(revision), SeriesRevisionCodec.MEDIA_TYPE);
    return new SeriesInput(reference, 1, revision.hash(), manifest, new PatientKey("pk-" + name));
  }

  /** The SOP Instance UID of a slice. */
  static String image(String name, int slice) {
    return DicomUid.of(
        NameBasedUuid.of("ct instance", uid(name, "series"), Integer.toString(slice + 1)));
  }

  static String uid(String name, String what) {
    return DicomUid.of(NameBasedUuid.of(what, name));
  }
}
