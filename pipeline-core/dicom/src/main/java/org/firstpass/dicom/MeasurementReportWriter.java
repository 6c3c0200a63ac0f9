package org.firstpass.dicom;

import java.io.OutputStream;
import java.io.UncheckedIOException;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.firstpass.dicom.MeasurementReport.Predecessor;
import org.firstpass.dicom.MeasurementReport.Verification;
import org.firstpass.study.SopClassUid;

/**
 * Writes a measurement report as a Comprehensive 3D SR document of template TID 1500.
 *
 * <p>Each segment has a measurement group that refers to it in the segmentation, with the tracking
 * identifiers that the segmentation has. The same input gives the same bytes.
 *
 * @see "PS3.3 A.35.13, C.17; PS3.16 TID 1500"
 */
public final class MeasurementReportWriter {
  private static final int SERIES_NUMBER = 1002;

  private MeasurementReportWriter() {}

  /**
   * Writes one file (PS3.10) and leaves the stream open.
   *
   * @param source the series that was segmented
   * @throws UncheckedIOException if the stream fails
   */
  public static void write(SourceSeries source, MeasurementReport report, OutputStream out) {
    var sopClass = new SopClassUid(SopClasses.COMPREHENSIVE_3D_SR);
    DerivedHeader header =
        new DerivedHeader(source, report.identity())
            .of(sopClass, "SR", SERIES_NUMBER, "Measurements of a segmentation")
            .dated(Tag.ContentDate, Tag.ContentTime)
            .withoutFrameOfReference();
    Attributes attributes = header.attributes();
    attributes.setNull(Tag.ReferencedPerformedProcedureStepSequence, VR.SQ);
    attributes.setNull(Tag.PerformedProcedureCodeSequence, VR.SQ);
    ReportConcepts.describeOwnScheme(attributes);
    describeReview(report, header);
    Evidence.of(source, report.segmentation()).addTo(attributes);
    new ReportContent(report, source, header::dateTime)
        .root(header.sourceHeader().getString(Tag.Modality, ""))
        .addTo(attributes);
    Part10.write(attributes, out);
  }

  private static void describeReview(MeasurementReport report, DerivedHeader header) {
    Attributes attributes = header.attributes();
    MeasurementReport.Review review = report.review();
    attributes.setString(Tag.CompletionFlag, VR.CS, review.complete() ? "COMPLETE" : "PARTIAL");
    boolean verified = review.verification().isPresent();
    attributes.setString(Tag.VerificationFlag, VR.CS, verified ? "VERIFIED" : "UNVERIFIED");
    review
        .verification()
        .ifPresent(
            verification ->
                attributes
                    .newSequence(Tag.VerifyingObserverSequence, 1)
                    .add(verifier(verification, header)));
    if (!review.predecessors().isEmpty()) {
      addPredecessors(attributes, review.predecessors());
    }
  }

  private static Attributes verifier(Verification verification, DerivedHeader header) {
    Attributes item = new Attributes();
    item.setString(Tag.VerifyingObserverName, VR.PN, verification.reader().name());
    item.setNull(Tag.VerifyingObserverIdentificationCodeSequence, VR.SQ);
    item.setString(Tag.VerifyingOrganization, VR.LO, verification.organization());
    item.setString(Tag.VerificationDateTime, VR.DT, header.dateTime(verification.at()));
    return item;
  }

  private static void addPredecessors(Attributes attributes, Iterable<Predecessor> predecessors) {
    Attributes study = new Attributes();
    Sequence series = study.newSequence(Tag.ReferencedSeriesSequence, 1);
    for (Predecessor predecessor : predecessors) {
      Attributes item = new Attributes();
      item.setString(Tag.SeriesInstanceUID, VR.UI, predecessor.series().value());
      item.newSequence(Tag.ReferencedSOPSequence, 1)
          .add(Evidence.reference(SopClasses.COMPREHENSIVE_3D_SR, predecessor.instance().value()));
      series.add(item);
    }
    study.setString(Tag.StudyInstanceUID, VR.UI, attributes.getString(Tag.StudyInstanceUID));
    attributes.newSequence(Tag.PredecessorDocumentsSequence, 1).add(study);
  }
}
