package org.firstpass.delivery;

import java.util.Optional;
import org.firstpass.dicom.AlgorithmIdentification;
import org.firstpass.dicom.DerivedIdentity;
import org.firstpass.dicom.ReaderFindings;
import org.firstpass.dicom.SegmentationContent;
import org.firstpass.dicom.SegmentationIdentity;
import org.firstpass.dicom.SeriesSurvey;
import org.firstpass.dicom.SourceSeries;
import org.firstpass.event.ObjectReference;
import org.firstpass.event.PackageReference;
import org.firstpass.failure.Defect;
import org.firstpass.failure.ReasonCode;
import org.firstpass.finding.FindingCodec;
import org.firstpass.store.ObjectStore;
import org.firstpass.volume.LabelMap;
import org.firstpass.volume.LabelMapCodec;
import org.firstpass.volume.UncertaintyMapCodec;

/**
 * What an object is made of: the images that it refers to, and the labels.
 *
 * @param findings of a reader beside the labels
 * @param doubt by voxel, unsigned, 0 sure to 255; empty if it is not known
 */
record Material(
    Result result,
    SourceSeries source,
    LabelMap labels,
    ReaderFindings findings,
    Optional<byte[]> doubt) {

  static Material of(Result result, StoredSeries series, ObjectStore store) {
    SourceSeries source = SeriesSurvey.of(series.instances(result.input())).source();
    return new Material(
        result,
        source,
        labels(result, store),
        findings(result, store),
        doubt(result, source, store));
  }

  private static LabelMap labels(Result result, ObjectStore store) {
    try {
      return LabelMapCodec.decode(store.read(result.labels().digest()));
    } catch (IllegalArgumentException e) {
      throw damaged("labels", result, e);
    }
  }

  private static ReaderFindings findings(Result result, ObjectStore store) {
    try {
      return result
          .findings()
          .map(stored -> new ReaderFindings(FindingCodec.decode(store.read(stored.digest()))))
          .orElse(ReaderFindings.NONE);
    } catch (IllegalArgumentException e) {
      throw damaged("findings", result, e);
    }
  }

  private static Optional<byte[]> doubt(Result result, SourceSeries source, ObjectStore store) {
    Optional<ObjectReference> map = result.uncertaintyMap();
    try {
      return map.map(
          stored ->
              UncertaintyMapCodec.decode(store.read(stored.digest()), source.geometry().size()));
    } catch (IllegalArgumentException e) {
      throw damaged("uncertainty map", result, e);
    }
  }

  private static Defect damaged(String what, Result result, Exception cause) {
    return new Defect(
        ReasonCode.OBJECT_MISSING, "the " + what + " of " + result.id() + " is damaged", cause);
  }

  /**
   * What a labelled object says of itself.
   *
   * @param kind of object; each has UIDs of its own, derived, so that it is the same object again
   */
  SegmentationContent content(String kind) {
    return new SegmentationContent(
        result.schema(), result.algorithmTypes(), algorithm(), identity(kind), result.provenance());
  }

  AlgorithmIdentification algorithm() {
    PackageReference model = result.modelPackage();
    return new AlgorithmIdentification(
        model.name(), model.version(), "package=" + model.digest(), model.digest().hex());
  }

  /** Which object it is, of those that are no labels. */
  DerivedIdentity derived(String kind) {
    SegmentationIdentity identity = identity(kind);
    return new DerivedIdentity(identity.instance(), identity.series(), identity.created());
  }

  private SegmentationIdentity identity(String kind) {
    return new SegmentationIdentity(
        DeliveredUids.instance(result.id(), kind),
        DeliveredUids.series(result.id(), kind),
        result.event().time(),
        result.creator());
  }
}
