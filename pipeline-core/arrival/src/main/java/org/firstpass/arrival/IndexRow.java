package org.firstpass.arrival;

import java.time.Instant;
import org.firstpass.dicom.InstanceHeader;
import org.firstpass.event.ObjectReference;
import org.firstpass.study.PatientKey;
import org.firstpass.study.ProjectName;
import org.firstpass.study.Sender;

/** A stored instance on its way into the index. */
record IndexRow(
    InstanceHeader header,
    ObjectReference content,
    PatientKey patient,
    Sender sender,
    ProjectName project,
    Instant received) {

  String series() {
    return header.reference().series().value();
  }

  String instance() {
    return header.instance().value();
  }

  /** The instance in its series. */
  String key() {
    return series() + " " + instance();
  }
}
