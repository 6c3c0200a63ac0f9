package org.firstpass.delivery;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.firstpass.dicom.ContentQualification;
import org.firstpass.dicom.OwnEquipment;
import org.firstpass.dicom.SegmentationProvenance;
import org.firstpass.dicom.SegmentationProvenance.Predecessor;
import org.firstpass.event.CorrectionAccepted;
import org.firstpass.event.FirstpassEvent;
import org.firstpass.event.ObjectReference;
import org.firstpass.event.PackageReference;
import org.firstpass.event.ProposalMade;
import org.firstpass.event.SegmentDecision;
import org.firstpass.event.SegmentScore;
import org.firstpass.event.SeriesEvent;
import org.firstpass.event.SeriesInput;
import org.firstpass.failure.Defect;
import org.firstpass.failure.ReasonCode;
import org.firstpass.segment.LabelSchema;
import org.firstpass.segment.Segment;
import org.firstpass.segment.SegmentAlgorithmType;

/** What was proposed, or what a reader decided: something that a PACS may get. */
sealed interface Result {
  /** The kinds of results. */
  enum Kind {
    PROPOSAL,
    CORRECTION
  }

  Kind kind();

  SeriesEvent event();

  PackageReference modelPackage();

  LabelSchema schema();

  /** The stored labels that count. */
  ObjectReference labels();

  /** The stored Segmentation of type BINARY. */
  ObjectReference segmentation();

  /** Where the network was unsure, if that is known and nobody has decided. */
  Optional<ObjectReference> uncertaintyMap();

  /** What the network thinks of each segment, if that is known and nobody has decided. */
  Optional<ObjectReference> probabilityMap();

  /** How unsure the network was on each slice; empty if it is not known. */
  List<Double> sliceUncertainty();

  /** The stored findings of a reader beside the labels, if there are any. */
  Optional<ObjectReference> findings();

  /** What the model says of its segments; empty if it is not known. */
  List<SegmentScore> scores();

  /** What a reader said of the segments; empty if nobody has. */
  List<SegmentDecision> decisions();

  /** Whether there is something to make such an object of. */
  default boolean offers(ObjectKind object) {
    return switch (object) {
      case SEG, RTSTRUCT, SR -> true;
      case PM -> uncertaintyMap().isPresent();
      case KOS -> sliceUncertainty().stream().anyMatch(slice -> slice > 0);
    };
  }

  /** Who made each segment, by its number: from what a person changed. */
  Map<Integer, SegmentAlgorithmType> algorithmTypes();

  /** Content Creator's Name (0070,0084). */
  String creator();

  /** Who answers for it, and what it corrects. */
  SegmentationProvenance provenance();

  /** The proposal that it corrects. */
  Optional<UUID> corrected();

  default UUID id() {
    return event().id();
  }

  default SeriesInput input() {
    return event().input();
  }

  /** The event as a result; every other event is none. */
  static Result of(FirstpassEvent event) {
    if (event instanceof ProposalMade made) {
      return new Proposed(made);
    }
    if (event instanceof CorrectionAccepted accepted) {
      return new Corrected(accepted);
    }
    throw new Defect(ReasonCode.EVENT_UNREADABLE, event.type() + " is not a result");
  }

  private static Map<Integer, SegmentAlgorithmType> allAutomatic(LabelSchema schema) {
    Map<Integer, SegmentAlgorithmType> types = new HashMap<>();
    for (Segment segment : schema.segments()) {
      types.put(segment.number(), SegmentAlgorithmType.AUTOMATIC);
    }
    return types;
  }

  /** Of a model. */
  record Proposed(ProposalMade event) implements Result {
    @Override
    public Kind kind() {
      return Kind.PROPOSAL;
    }

    @Override
    public PackageReference modelPackage() {
      return event.modelPackage();
    }

    @Override
    public LabelSchema schema() {
      return event.schema();
    }

    @Override
    public ObjectReference labels() {
      return event.labels();
    }

    @Override
    public ObjectReference segmentation() {
      return event.segmentation();
    }

    @Override
    public Optional<ObjectReference> uncertaintyMap() {
      return Optional.ofNullable(event.notes().uncertaintyMap());
    }

    @Override
    public Optional<ObjectReference> probabilityMap() {
      return Optional.ofNullable(event.notes().probabilityMap());
    }

    @Override
    public List<Double> sliceUncertainty() {
      return event.notes().sliceUncertainty();
    }

    @Override
    public Optional<ObjectReference> findings() {
      return Optional.empty();
    }

    @Override
    public List<SegmentScore> scores() {
      return event.scores();
    }

    @Override
    public List<SegmentDecision> decisions() {
      return List.of();
    }

    @Override
    public Map<Integer, SegmentAlgorithmType> algorithmTypes() {
      return allAutomatic(event.schema());
    }

    @Override
    public String creator() {
      return OwnEquipment.MANUFACTURER;
    }

    @Override
    public Optional<UUID> corrected() {
      return Optional.empty();
    }

    @Override
    public SegmentationProvenance provenance() {
      return SegmentationProvenance.OF_A_RESEARCH_MODEL;
    }
  }

  /** Of a reader. */
  record Corrected(CorrectionAccepted event) implements Result {
    private static final int PERSON_NAME = 64;

    @Override
    public Kind kind() {
      return Kind.CORRECTION;
    }

    @Override
    public PackageReference modelPackage() {
      return event.modelPackage();
    }

    @Override
    public LabelSchema schema() {
      return event.schema();
    }

    @Override
    public ObjectReference labels() {
      return event.acceptedLabels();
    }

    @Override
    public ObjectReference segmentation() {
      return event.segmentation();
    }

    @Override
    public Optional<ObjectReference> uncertaintyMap() {
      return Optional.empty();
    }

    @Override
    public Optional<ObjectReference> probabilityMap() {
      return Optional.empty();
    }

    @Override
    public List<Double> sliceUncertainty() {
      return List.of();
    }

    @Override
    public Optional<ObjectReference> findings() {
      return Optional.ofNullable(event.findings());
    }

    @Override
    public List<SegmentScore> scores() {
      return List.of();
    }

    @Override
    public List<SegmentDecision> decisions() {
      return event.decisions();
    }

    /** What nobody decided on is as it was proposed. */
    @Override
    public Map<Integer, SegmentAlgorithmType> algorithmTypes() {
      Map<Integer, SegmentAlgorithmType> types = allAutomatic(event.schema());
      for (SegmentDecision decision : event.decisions()) {
        types.put(decision.segmentNumber(), decision.algorithmType());
      }
      return types;
    }

    @Override
    public String creator() {
      String plain = event.reader().replaceAll("[\\\\^=]", " ");
      return plain.length() <= PERSON_NAME ? plain : plain.substring(0, PERSON_NAME);
    }

    @Override
    public Optional<UUID> corrected() {
      return Optional.of(event.proposalId());
    }

    @Override
    public SegmentationProvenance provenance() {
      return new SegmentationProvenance(
          ContentQualification.RESEARCH,
          creator(),
          Predecessor.segmentation(
              ProposalMade.segmentationInstance(event.proposalId()),
              ProposalMade.segmentationSeries(event.proposalId())));
    }
  }
}
