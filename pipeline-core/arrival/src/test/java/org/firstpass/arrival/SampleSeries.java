package org.firstpass.arrival;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.firstpass.dicom.CtSeriesDescription;
import org.firstpass.dicom.CtSeriesWriter;
import org.firstpass.dicom.IncomingInstance;
import org.firstpass.geometry.Axes;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSize;
import org.firstpass.geometry.Spacing;
import org.firstpass.geometry.Vector3;
import org.firstpass.study.FrameOfReferenceUid;
import org.firstpass.study.InstanceReference;
import org.firstpass.study.Sender;
import org.firstpass.study.SeriesInstanceUid;
import org.firstpass.study.Sha256;
import org.firstpass.study.StudyInstanceUid;
import org.firstpass.study.StudyReference;
import org.firstpass.volume.Volume;

/** A small CT series that no scanner made, as files. */
final class SampleSeries {
  static final String PATIENT_ID = "SECRET-4711";
  static final String PATIENT_NAME = "Doe^Jane";
  private static final AtomicInteger COUNTER = new AtomicInteger();

  private final StudyReference reference;
  private final List<byte[]> files;

  private SampleSeries(StudyReference reference, List<byte[]> files) {
    this.reference = reference;
    this.files = files;
  }

  /** A new series; equal slices everywhere, which is enough for the gateway. */
  static SampleSeries of(int columns, int rows, int slices) {
    String series = "1.2.3.9." + ProcessHandle.current().pid() + "." + COUNTER.incrementAndGet();
    return of(series, PATIENT_ID, new GridSize(columns, rows, slices), 40);
  }

  static SampleSeries small(int slices) {
    return of(4, 3, slices);
  }

  /** The same series, in which all voxels have this value. */
  SampleSeries withValue(float value) {
    return of(uid().value(), PATIENT_ID, new GridSize(4, 3, files.size()), value);
  }

  /** The same series under another patient. */
  SampleSeries ofPatient(String patientId) {
    return of(reference, patientId, new GridSize(4, 3, files.size()), 40);
  }

  /** A study that no other test has. */
  static StudyInstanceUid newStudy() {
    return new StudyInstanceUid(
        "1.2.3.10." + ProcessHandle.current().pid() + "." + COUNTER.incrementAndGet());
  }

  /** The same series in another study. */
  SampleSeries inStudy(StudyInstanceUid study) {
    var moved = new StudyReference(study, uid());
    return of(moved, PATIENT_ID, new GridSize(4, 3, files.size()), 40);
  }

  private static SampleSeries of(String series, String patientId, GridSize size, float value) {
    var reference =
        new StudyReference(new StudyInstanceUid("1.2.3.8"), new SeriesInstanceUid(series));
    return of(reference, patientId, size, value);
  }

  private static SampleSeries of(
      StudyReference reference, String patientId, GridSize size, float value) {
    var geometry =
        new GridGeometry(
            new FrameOfReferenceUid("1.2.3.7"),
            size,
            new Vector3(-10, 20, 30),
            Axes.ofPlane(new Vector3(1, 0, 0), new Vector3(0, 1, 0)),
            new Spacing(0.7, 0.8, 2.5));
    float[] values = new float[size.voxels()];
    for (int i = 0; i < values.length; i++) {
      values[i] = value + i % 97;
    }
    var description =
        new CtSeriesDescription(
            reference,
            patientId,
            PATIENT_NAME,
            "ABDOMEN",
            "sample",
            Instant.parse("2026-11-01T10:00:00Z"));
    return new SampleSeries(
        reference, CtSeriesWriter.write(description, Volume.ofValues(geometry, values)));
  }

  SeriesInstanceUid uid() {
    return reference.series();
  }

  byte[] file(int index) {
    return files.get(index);
  }

  int size() {
    return files.size();
  }

  IncomingInstance instance(int index) {
    return instance(files.get(index));
  }

  /** How a message speaks of one of its instances. */
  InstanceReference reference(int index) {
    IncomingInstance plain =
        IncomingInstance.ofFile(() -> new ByteArrayInputStream(files.get(index)));
    return new InstanceReference(
        plain.instance(), plain.sopClass(), new Sha256("0".repeat(64)), files.get(index).length);
  }

  List<InstanceReference> references() {
    return IntStream.range(0, files.size()).mapToObj(this::reference).toList();
  }

  /** The instance as it would come from an association of this sender. */
  static IncomingInstance instance(byte[] file) {
    return instance(file, "FIRSTPASS");
  }

  /** The same, sent to this AE title of ours. */
  static IncomingInstance instance(byte[] file, String calledAeTitle) {
    IncomingInstance plain = IncomingInstance.ofFile(() -> new ByteArrayInputStream(file));
    return new IncomingInstance(
        Sender.ofAeTitle("MODALITY"),
        calledAeTitle,
        plain.sopClass(),
        plain.instance(),
        plain.transferSyntax(),
        plain.part10());
  }

  List<Path> writeTo(Path folder) {
    try {
      Files.createDirectories(folder);
      List<Path> paths = new ArrayList<>();
      for (int i = 0; i < files.size(); i++) {
        paths.add(Files.write(folder.resolve("slice-" + i + ".dcm"), files.get(i)));
      }
      return paths;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
