package org.firstpass.worker;

import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.firstpass.dicom.CtSeriesDescription;
import org.firstpass.dicom.CtSeriesWriter;
import org.firstpass.dicom.InstanceHeader;
import org.firstpass.event.ObjectReference;
import org.firstpass.event.SeriesArrived;
import org.firstpass.event.SeriesInput;
import org.firstpass.event.SeriesRevisionCodec;
import org.firstpass.event.SiblingSeries;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSize;
import org.firstpass.geometry.Orientation;
import org.firstpass.sample.SampleGrid;
import org.firstpass.store.ObjectStore;
import org.firstpass.study.InstanceReference;
import org.firstpass.study.NameBasedUuid;
import org.firstpass.study.PatientKey;
import org.firstpass.study.SeriesInstanceUid;
import org.firstpass.study.SeriesRevision;
import org.firstpass.study.StudyInstanceUid;
import org.firstpass.study.StudyReference;
import org.firstpass.volume.Volume;

/** CT series as the gateway leaves them: instances and manifest in the store, and the event. */
final class SampleArrival {
  static final Instant TIME = Instant.parse("2026-11-02T08:30:00Z");
  static final GridGeometry GRID =
      SampleGrid.oblique(new Orientation("SPL"), new GridSize(24, 20, 12), 9);

  private SampleArrival() {}

  /** A block of 500 HU in air, at columns 3 to 8, rows 5 to 15, slices 2 to 9. */
  static Volume block() {
    GridSize size = GRID.size();
    var values = new float[size.voxels()];
    for (int slice = 0; slice < size.slices(); slice++) {
      for (int row = 0; row < size.rows(); row++) {
        for (int column = 0; column < size.columns(); column++) {
          values[size.index(column, row, slice)] = isBlock(column, row, slice) ? 500 : -1000;
        }
      }
    }
    return Volume.ofValues(GRID, values);
  }

  static boolean isBlock(int column, int row, int slice) {
    return column >= 3 && column <= 8 && row >= 5 && row <= 15 && slice >= 2 && slice <= 9;
  }

  /** Stores the instances of a volume as a series and returns its arrival. */
  static SeriesArrived stored(ObjectStore store, String series, Volume volume) {
    return stored(store, series, volume, "Sample " + series);
  }

  /**
   * @param description Series Description (0008,103E)
   */
  static SeriesArrived stored(ObjectStore store, String series, Volume volume, String description) {
    var reference =
        new StudyReference(
            new StudyInstanceUid("2.25.900"), new SeriesInstanceUid("2.25.901." + series));
    List<byte[]> files =
        CtSeriesWriter.write(
            new CtSeriesDescription(reference, "P-1", "Nobody^Real", "ABDOMEN", description, TIME),
            volume);
    List<InstanceReference> instances = new ArrayList<>();
    for (byte[] file : files) {
      ObjectReference stored = store.put(file, "application/dicom");
      InstanceHeader header = InstanceHeader.read(() -> new ByteArrayInputStream(file));
      instances.add(
          new InstanceReference(
              header.instance(), header.sopClass(), stored.digest(), stored.size()));
    }
    return arrived(store, new SeriesRevision(reference, 1, instances));
  }

  /** The same arrival, told when these others of its study were complete. */
  static SeriesArrived among(SeriesArrived event, SeriesArrived... others) {
    List<SiblingSeries> siblings = new ArrayList<>();
    for (SeriesArrived other : others) {
      siblings.add(new SiblingSeries(other.input(), other.modality(), other.instances()));
    }
    return new SeriesArrived(
        event.id(),
        event.time(),
        event.input(),
        event.modality(),
        event.instances(),
        event.callingAeTitle(),
        siblings);
  }

  static SeriesArrived arrived(ObjectStore store, SeriesRevision revision) {
    ObjectReference manifest =
        store.put(SeriesRevisionCodec.encode(revision), SeriesRevisionCodec.MEDIA_TYPE);
    var input =
        new SeriesInput(
            revision.reference(), 1, revision.hash(), manifest, new PatientKey("patient-1"));
    return new SeriesArrived(
        NameBasedUuid.of("arrival", revision.hash().hex()),
        TIME,
        input,
        "CT",
        revision.instances().size());
  }
}
