package org.firstpass.worker;

import java.time.Instant;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.firstpass.dicom.AlgorithmIdentification;
import org.firstpass.dicom.OwnEquipment;
import org.firstpass.dicom.SegmentationContent;
import org.firstpass.dicom.SegmentationIdentity;
import org.firstpass.dicom.SegmentationWriter;
import org.firstpass.dicom.SourceSeries;
import org.firstpass.event.ObjectReference;
import org.firstpass.proposal.ProbabilityMap;
import org.firstpass.proposal.Proposal;
import org.firstpass.proposal.ProposalIdentity;
import org.firstpass.segment.Segment;
import org.firstpass.segment.SegmentAlgorithmType;
import org.firstpass.store.ObjectStore;
import org.firstpass.store.WrittenObject;
import org.firstpass.volume.LabelMapCodec;
import org.firstpass.volume.ProbabilityMapCodec;
import org.firstpass.volume.UncertaintyMapCodec;
import org.jspecify.annotations.Nullable;

/**
 * A proposal as objects: a DICOM Segmentation for everyone, a label map, where the network was
 * unsure and what it thought of each segment for ourselves. The same proposal always gives the same
 * bytes.
 *
 * @param uncertainty null if nothing is known of voxels
 * @param probabilities null if nothing is known of voxels, or too much
 */
record ProposalObjects(
    ObjectReference segmentation,
    ObjectReference labels,
    @Nullable ObjectReference uncertainty,
    @Nullable ObjectReference probabilities) {
  static final String SEGMENTATION_MEDIA_TYPE = "application/dicom";

  /**
   * Puts all into the store; the Segmentation while it is written, because it can be large.
   *
   * @param created what the Segmentation states as its time
   */
  static ProposalObjects store(
      Proposal proposal, SourceSeries source, Instant created, ObjectStore store) {
    SegmentationContent content = content(proposal, created);
    return new ProposalObjects(
        WrittenObject.put(
            store,
            SEGMENTATION_MEDIA_TYPE,
            out -> SegmentationWriter.write(source, proposal.labels(), content, out)),
        store.put(LabelMapCodec.encode(proposal.labels()), LabelMapCodec.MEDIA_TYPE),
        proposal
            .evidence()
            .uncertaintyMap()
            .map(map -> store.put(map.encoded(), UncertaintyMapCodec.MEDIA_TYPE))
            .orElse(null),
        proposal
            .evidence()
            .probabilityMap()
            .flatMap(ProbabilityMap::encoded)
            .map(bytes -> store.put(bytes, ProbabilityMapCodec.MEDIA_TYPE))
            .orElse(null));
  }

  private static SegmentationContent content(Proposal proposal, Instant created) {
    Map<Integer, SegmentAlgorithmType> types =
        proposal.schema().segments().stream()
            .map(Segment::number)
            .collect(Collectors.toMap(Function.identity(), each -> SegmentAlgorithmType.AUTOMATIC));
    ProposalIdentity identity = proposal.identity();
    return new SegmentationContent(
        proposal.schema(),
        types,
        new AlgorithmIdentification(
            proposal.model().name(),
            proposal.model().version(),
            "package=" + proposal.model().digest() + " " + ProposalIdentity.PARAMETERS,
            proposal.model().digest().hex()),
        new SegmentationIdentity(
            identity.instance(), identity.series(), created, OwnEquipment.MANUFACTURER));
  }
}
