package org.firstpass.delivery;

import java.util.List;
import java.util.UUID;
import org.firstpass.dicom.MeasurementReport.Predecessor;
import org.firstpass.event.ProposalMade;
import org.firstpass.study.DicomUid;
import org.firstpass.study.NameBasedUuid;
import org.firstpass.study.SeriesInstanceUid;
import org.firstpass.study.SopInstanceUid;

/** The UIDs of what is delivered: derived from the result, so that others can refer to it. */
final class DeliveredUids {
  /** The kinds of objects of which there may be several, by how they are encoded. */
  static final String LABELMAP = "LABELMAP";

  static final String FRACTIONAL = "FRACTIONAL";

  private DeliveredUids() {}

  static SopInstanceUid instance(UUID result, String kind) {
    return new SopInstanceUid(uid("delivered-object", result, kind));
  }

  static SeriesInstanceUid series(UUID result, String kind) {
    return new SeriesInstanceUid(uid("delivered-series", result, kind));
  }

  /** The kind of a report: one that replaces another is not the one that does not. */
  static String report(SopInstanceUid segmentation, List<Predecessor> predecessors) {
    StringBuilder kind = new StringBuilder("SR " + segmentation);
    predecessors.forEach(each -> kind.append(" after ").append(each.instance()));
    return kind.toString();
  }

  /** The report of a proposal, for a destination that gets Segmentations in this form. */
  static Predecessor reportOf(UUID proposal, SegmentationForm form) {
    SopInstanceUid segmentation =
        switch (form) {
          case BINARY -> ProposalMade.segmentationInstance(proposal);
          case LABELMAP, LABELMAP_RLE -> instance(proposal, LABELMAP);
          case FRACTIONAL -> instance(proposal, FRACTIONAL);
        };
    String kind = report(segmentation, List.of());
    return new Predecessor(instance(proposal, kind), series(proposal, kind));
  }

  private static String uid(String space, UUID result, String kind) {
    return DicomUid.of(NameBasedUuid.of(space, result.toString(), kind));
  }
}
