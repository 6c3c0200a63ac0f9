package org.firstpass.dicom;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.firstpass.segment.Segment;
import org.firstpass.segment.SegmentAlgorithmType;
import org.firstpass.study.SeriesInstanceUid;

/**
 * The Segment Sequence, in the order of the schema's numbers; of a label map its background too.
 *
 * @see "PS3.3 C.8.20.4"
 */
final class SegmentItems {
  private static final Concept ARTIFICIAL_INTELLIGENCE =
      new Concept("123110", "DCM", "Artificial Intelligence");
  private static final Concept BACKGROUND = new Concept("125040", "DCM", "Background");

  private final SegmentationContent content;
  private final SeriesInstanceUid source;

  SegmentItems(SegmentationContent content, SeriesInstanceUid source) {
    this.content = content;
    this.source = source;
  }

  void addTo(Attributes attributes, SegmentFrames frames) {
    List<Segment> segments = frames.segments();
    Sequence items = attributes.newSequence(Tag.SegmentSequence, segments.size() + 1);
    if (!frames.perSegment()) {
      items.add(background(segments));
    }
    for (int i = 0; i < segments.size(); i++) {
      items.add(item(segments.get(i), frames.number(i)));
    }
  }

  /** What the value of the pixels that belong to no segment means. */
  private Attributes background(List<Segment> segments) {
    Attributes item = new Attributes();
    item.setInt(Tag.SegmentNumber, VR.US, 0);
    item.setString(Tag.SegmentLabel, VR.LO, BACKGROUND.meaning());
    item.newSequence(Tag.SegmentedPropertyCategoryCodeSequence, 1).add(BACKGROUND.toItem());
    item.newSequence(Tag.SegmentedPropertyTypeCodeSequence, 1).add(BACKGROUND.toItem());
    // What a person left over of a model's work was made by both.
    Set<SegmentAlgorithmType> types =
        segments.stream().map(content::algorithmType).collect(Collectors.toSet());
    describeAlgorithm(
        item, types.size() == 1 ? types.iterator().next() : SegmentAlgorithmType.SEMIAUTOMATIC);
    return item;
  }

  private Attributes item(Segment segment, int number) {
    Attributes item = new Attributes();
    item.setInt(Tag.SegmentNumber, VR.US, number);
    item.setString(Tag.SegmentLabel, VR.LO, segment.label());
    item.newSequence(Tag.SegmentedPropertyCategoryCodeSequence, 1)
        .add(Concept.of(segment.category()).toItem());
    Attributes type = Concept.of(segment.type()).toItem();
    segment
        .modifier()
        .ifPresent(
            modifier ->
                type.newSequence(Tag.SegmentedPropertyTypeModifierCodeSequence, 1)
                    .add(Concept.of(modifier).toItem()));
    item.newSequence(Tag.SegmentedPropertyTypeCodeSequence, 1).add(type);
    item.setInt(Tag.RecommendedDisplayCIELabValue, VR.US, CieLab.of(segment.colour()));
    item.setString(Tag.TrackingID, VR.UT, segment.label());
    item.setString(Tag.TrackingUID, VR.UI, TrackingUid.of(source, content.schema(), segment));
    describeAlgorithm(item, content.algorithmType(segment));
    return item;
  }

  private void describeAlgorithm(Attributes item, SegmentAlgorithmType type) {
    item.setString(Tag.SegmentAlgorithmType, VR.CS, type.name());
    if (type == SegmentAlgorithmType.MANUAL) {
      return;
    }
    AlgorithmIdentification algorithm = content.algorithm();
    item.setString(Tag.SegmentAlgorithmName, VR.LO, algorithm.name());
    item.newSequence(Tag.SegmentationAlgorithmIdentificationSequence, 1)
        .add(identification(algorithm));
  }

  /** An item of an algorithm identification sequence. */
  static Attributes identification(AlgorithmIdentification algorithm) {
    Attributes identification = new Attributes();
    identification
        .newSequence(Tag.AlgorithmFamilyCodeSequence, 1)
        .add(ARTIFICIAL_INTELLIGENCE.toItem());
    identification.setString(Tag.AlgorithmName, VR.LO, algorithm.name());
    identification.setString(Tag.AlgorithmVersion, VR.LO, algorithm.version());
    if (!algorithm.parameters().isBlank()) {
      identification.setString(Tag.AlgorithmParameters, VR.LT, algorithm.parameters());
    }
    return identification;
  }
}
