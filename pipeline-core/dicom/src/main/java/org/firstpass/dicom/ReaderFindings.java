package org.firstpass.dicom;

import java.util.List;
import java.util.stream.Stream;
import org.firstpass.dicom.MeasurementReport.Reader;
import org.firstpass.finding.Finding;

/** What readers found beside the segments, in the order of the report. */
public record ReaderFindings(List<Finding> all) {
  /** Nothing. */
  public static final ReaderFindings NONE = new ReaderFindings(List.of());

  public ReaderFindings {
    all = List.copyOf(all);
  }

  Stream<Reader> readers() {
    return all.stream().map(finding -> Reader.of(finding.heading().reader()));
  }
}
