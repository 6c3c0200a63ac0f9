package org.firstpass.dicom;

import java.util.ArrayList;
import java.util.List;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.firstpass.dicom.CommitmentReport.Failure;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.firstpass.study.SopClassUid;
import org.firstpass.study.SopInstanceUid;

/**
 * The data sets of storage commitment.
 *
 * @see "PS3.4 tables J.3-1 and J.3-2"
 */
final class CommitmentMessage {
  static final int ACTION_REQUEST = 1;
  static final int EVENT_SUCCESS = 1;
  static final int EVENT_FAILURES = 2;

  private CommitmentMessage() {}

  static Attributes request(String transaction, List<ReferencedInstance> instances) {
    var message = new Attributes();
    message.setString(Tag.TransactionUID, VR.UI, transaction);
    Sequence items = message.newSequence(Tag.ReferencedSOPSequence, instances.size());
    instances.forEach(instance -> items.add(item(instance)));
    return message;
  }

  static Attributes report(CommitmentReport report) {
    Attributes message = new Attributes();
    message.setString(Tag.TransactionUID, VR.UI, report.transaction());
    if (!report.committed().isEmpty()) {
      Sequence items = message.newSequence(Tag.ReferencedSOPSequence, report.committed().size());
      report.committed().forEach(instance -> items.add(item(instance)));
    }
    if (!report.failed().isEmpty()) {
      Sequence items = message.newSequence(Tag.FailedSOPSequence, report.failed().size());
      for (Failure failure : report.failed()) {
        Attributes item = item(failure.instance());
        item.setInt(Tag.FailureReason, VR.US, failure.reason());
        items.add(item);
      }
    }
    return message;
  }

  static int eventOf(CommitmentReport report) {
    return report.isComplete() ? EVENT_SUCCESS : EVENT_FAILURES;
  }

  static String transactionOf(Attributes message) {
    String transaction = message.getString(Tag.TransactionUID, "");
    DicomUids.requireShape("TransactionUID", transaction);
    return transaction;
  }

  static List<ReferencedInstance> instancesOf(Attributes message) {
    List<ReferencedInstance> instances = new ArrayList<>();
    for (Attributes item : items(message, Tag.ReferencedSOPSequence)) {
      instances.add(instanceOf(item));
    }
    return instances;
  }

  /** A report; what it says twice, or of nothing, is up to whoever asked. */
  static CommitmentReport reportOf(Attributes message) {
    List<Failure> failed = new ArrayList<>();
    for (Attributes item : items(message, Tag.FailedSOPSequence)) {
      int reason = item.getInt(Tag.FailureReason, Failure.PROCESSING_FAILURE);
      failed.add(new Failure(instanceOf(item), reason));
    }
    return new CommitmentReport(transactionOf(message), instancesOf(message), failed);
  }

  static ReferencedInstance instanceOf(Attributes item) {
    return new ReferencedInstance(
        new SopClassUid(uid(item, Tag.ReferencedSOPClassUID)),
        new SopInstanceUid(uid(item, Tag.ReferencedSOPInstanceUID)));
  }

  static List<Attributes> items(Attributes message, int sequence) {
    Sequence items = message.getSequence(sequence);
    return items == null ? List.of() : items;
  }

  private static String uid(Attributes item, int tag) {
    String value = item.getString(tag);
    if (value == null) {
      throw new StudyRefused(
          ReasonCode.MALFORMED_INSTANCE, "expected " + DicomUids.nameOf(tag) + ", found none");
    }
    DicomUids.requireShape(DicomUids.nameOf(tag), value);
    return value;
  }

  static Attributes item(ReferencedInstance instance) {
    var item = new Attributes();
    item.setString(Tag.ReferencedSOPClassUID, VR.UI, instance.sopClass().value());
    item.setString(Tag.ReferencedSOPInstanceUID, VR.UI, instance.instance().value());
    return item;
  }
}
