package org.firstpass.pull;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.firstpass.dicom.DicomPeer;
import org.firstpass.dicom.IncomingInstance;
import org.firstpass.dicom.OwnEquipment;
import org.firstpass.dicom.StorageScu;
import org.firstpass.study.SeriesInstanceUid;
import org.firstpass.study.StudyInstanceUid;
import org.firstpass.testing.OrthancServer;
import org.firstpass.testing.RawDicom;
import org.junit.jupiter.api.Assertions;

/** A small study that no scanner made, as files. */
final class SampleStudy {
  static final String PATIENT = "SECRET-4711";

  private static final String CT = "1.2.840.10008.5.1.4.1.1.2";
  private static final String SEG = "1.2.840.10008.5.1.4.1.1.66.4";
  private static final String EXPLICIT = "1.2.840.10008.1.2.1";
  private static final AtomicInteger COUNTER = new AtomicInteger();

  private final String uid;
  private final String patient;
  private final String date;
  private final String time;
  private final String accession;
  private final List<Series> series = new ArrayList<>();

  /** One of its series. */
  record Series(SeriesInstanceUid uid, List<byte[]> files) {}

  /**
   * @param date of the study, as 20260131
   */
  SampleStudy(String patient, String date) {
    this(patient, date, "101500");
  }

  /**
   * @param time of the study, as 101500
   */
  SampleStudy(String patient, String date, String time) {
    int number = COUNTER.incrementAndGet();
    this.uid = "1.2.3.77." + ProcessHandle.current().pid() + "." + number;
    this.patient = patient;
    this.date = date;
    this.time = time;
    this.accession = "ACC" + number;
  }

  SampleStudy with(String modality, String bodyPart, int instances) {
    var files = new ArrayList<byte[]>();
    String seriesUid = uid + "." + (series.size() + 1);
    for (int i = 1; i <= instances; i++) {
      files.add(file(modality, bodyPart, CT, seriesUid, i));
    }
    series.add(new Series(new SeriesInstanceUid(seriesUid), files));
    return this;
  }

  /** A segmentation that says that Firstpass made it. */
  SampleStudy withOwnOutput() {
    String seriesUid = uid + "." + (series.size() + 1);
    series.add(
        new Series(new SeriesInstanceUid(seriesUid), List.of(file("SEG", "", SEG, seriesUid, 1))));
    return this;
  }

  private byte[] file(String modality, String bodyPart, String sopClass, String series, int i) {
    String instance = series + "." + i;
    RawDicom file =
        new RawDicom()
            .text(0x00080016, "UI", sopClass)
            .text(0x00080018, "UI", instance)
            .text(0x00080020, "DA", date)
            .text(0x00080030, "TM", time)
            .text(0x00080050, "SH", accession)
            .text(0x00080060, "CS", modality)
            .text(0x00100010, "PN", "Doe^Jane")
            .text(0x00100020, "LO", patient)
            .text(0x0020000d, "UI", uid)
            .text(0x0020000e, "UI", series)
            .text(0x00200013, "IS", Integer.toString(i));
    if (!bodyPart.isEmpty()) {
      file.text(0x00180015, "CS", bodyPart);
    }
    if (sopClass.equals(SEG)) {
      file.text(0x00080070, "LO", OwnEquipment.MANUFACTURER)
          .text(0x00081090, "LO", OwnEquipment.MODEL_NAME);
    }
    return file.file(sopClass, instance, EXPLICIT);
  }

  StudyInstanceUid uid() {
    return new StudyInstanceUid(uid);
  }

  String accession() {
    return accession;
  }

  SeriesInstanceUid series(int index) {
    return series.get(index).uid();
  }

  LocalDate date() {
    return LocalDate.parse(date, DateTimeFormatter.BASIC_ISO_DATE);
  }

  LocalTime time() {
    return LocalTime.parse(time, DateTimeFormatter.ofPattern("HHmmss"));
  }

  String patient() {
    return patient;
  }

  List<Series> series() {
    return List.copyOf(series);
  }

  /** Its instances as they would come from a modality. */
  IncomingInstance sent(int seriesIndex, int instance) {
    byte[] file = series.get(seriesIndex).files().get(instance);
    return IncomingInstance.ofFile(() -> new ByteArrayInputStream(file));
  }

  /** Stores all of it in an archive. */
  SampleStudy in(OrthancServer orthanc, Path folder) {
    List<Path> files =
        Stream.of(series.toArray(Series[]::new))
            .flatMap(each -> each.files().stream())
            .map(file -> write(folder, file))
            .toList();
    var peer = new DicomPeer("127.0.0.1", orthanc.dicomPort(), OrthancServer.AE_TITLE, "SENDER");
    var report = StorageScu.send(peer, files, 1, done -> {});
    Assertions.assertEquals(files.size(), report.stored());
    return this;
  }

  private static Path write(Path folder, byte[] file) {
    try {
      return Files.write(Files.createTempFile(folder, "sample", ".dcm"), file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
