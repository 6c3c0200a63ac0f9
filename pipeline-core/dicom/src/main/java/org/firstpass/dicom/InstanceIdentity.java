package org.firstpass.dicom;

import java.util.Optional;
import java.util.function.Function;
import org.dcm4che3.data.Tag;
import org.firstpass.dicom.element.Elements;
import org.firstpass.study.SeriesInstanceUid;
import org.firstpass.study.SopClassUid;
import org.firstpass.study.SopInstanceUid;
import org.firstpass.study.StudyInstanceUid;
import org.firstpass.study.StudyReference;

/** The UIDs without which an instance cannot even be named. */
record InstanceIdentity(StudyReference reference, SopInstanceUid instance, SopClassUid sopClass) {

  static InstanceIdentity of(Elements header) {
    return new InstanceIdentity(
        new StudyReference(
            required(header, Tag.StudyInstanceUID, StudyInstanceUid::new),
            required(header, Tag.SeriesInstanceUID, SeriesInstanceUid::new)),
        required(header, Tag.SOPInstanceUID, SopInstanceUid::new),
        required(header, Tag.SOPClassUID, SopClassUid::new));
  }

  /** A UID, none if the attribute is missing or empty. */
  static <T> Optional<T> uid(Elements header, int tag, Function<String, T> type) {
    return header
        .text(tag)
        .map(
            value -> {
              try {
                return type.apply(value);
              } catch (IllegalArgumentException e) {
                throw header.malformed(tag, "a UID");
              }
            });
  }

  private static <T> T required(Elements header, int tag, Function<String, T> type) {
    return uid(header, tag, type).orElseThrow(() -> header.absent(tag));
  }
}
