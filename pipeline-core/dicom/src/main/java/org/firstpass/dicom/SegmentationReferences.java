package org.firstpass.dicom;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.Tag;
import org.firstpass.study.SeriesInstanceUid;
import org.firstpass.study.SopInstanceUid;

/**
 * What an object says it was made from.
 *
 * @param series the series of images that it refers to in its own study
 * @param instances images that it refers to
 * @param predecessors segmentations and structure sets that it was derived from
 * @see "PS3.3 C.12.2, C.7.6.1.1.4, C.7.6.16.2.6"
 */
record SegmentationReferences(
    Set<SeriesInstanceUid> series,
    Set<SopInstanceUid> instances,
    Set<SopInstanceUid> predecessors) {
  SegmentationReferences {
    series = Set.copyOf(series);
    instances = Set.copyOf(instances);
    predecessors = Set.copyOf(predecessors);
  }

  static SegmentationReferences of(Attributes attributes) {
    Set<SeriesInstanceUid> series = new LinkedHashSet<>();
    Set<SopInstanceUid> instances = new LinkedHashSet<>();
    Set<SopInstanceUid> predecessors = new LinkedHashSet<>();
    for (Attributes item : items(attributes, Tag.ReferencedSeriesSequence)) {
      String uid = item.getString(Tag.SeriesInstanceUID, "");
      DicomUids.requireShape("SeriesInstanceUID", uid);
      if (!isOfPredecessors(item)) {
        series.add(new SeriesInstanceUid(uid));
      }
      addTo(instances, item, Tag.ReferencedInstanceSequence, false);
    }
    for (Attributes frame : items(attributes, Tag.PerFrameFunctionalGroupsSequence)) {
      for (Attributes derivation : items(frame, Tag.DerivationImageSequence)) {
        addTo(instances, derivation, Tag.SourceImageSequence, false);
      }
    }
    for (int sequence :
        List.of(
            Tag.SourceImageSequence, Tag.SourceInstanceSequence, Tag.ReferencedInstanceSequence)) {
      addTo(predecessors, attributes, sequence, true);
    }
    for (Attributes study : items(attributes, Tag.PredecessorDocumentsSequence)) {
      for (Attributes item : items(study, Tag.ReferencedSeriesSequence)) {
        addTo(predecessors, item, Tag.ReferencedSOPSequence, true);
      }
    }
    return new SegmentationReferences(series, instances, predecessors);
  }

  /** Whether all that is referred to in a series are segmentations or structure sets. */
  private static boolean isOfPredecessors(Attributes series) {
    List<Attributes> items = items(series, Tag.ReferencedInstanceSequence);
    return !items.isEmpty()
        && items.stream()
            .map(item -> item.getString(Tag.ReferencedSOPClassUID, ""))
            .allMatch(SopClasses::isDrawing);
  }

  private static void addTo(
      Set<SopInstanceUid> uids, Attributes parent, int sequence, boolean drawings) {
    for (Attributes item : items(parent, sequence)) {
      String uid = item.getString(Tag.ReferencedSOPInstanceUID, "");
      String sopClass = item.getString(Tag.ReferencedSOPClassUID, "");
      // What is badly referred to is not referred to; nothing is placed by these.
      if (DicomUids.hasShape(uid) && SopClasses.isDrawing(sopClass) == drawings) {
        uids.add(new SopInstanceUid(uid));
      }
    }
  }

  private static List<Attributes> items(Attributes attributes, int tag) {
    Sequence sequence = attributes.getSequence(tag);
    return sequence == null ? List.of() : sequence;
  }
}
