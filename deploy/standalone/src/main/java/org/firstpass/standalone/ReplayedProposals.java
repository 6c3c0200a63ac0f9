package org.firstpass.standalone;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.firstpass.dicom.InstanceSource;
import org.firstpass.dicom.SeriesSurvey;
import org.firstpass.event.ObjectReference;
import org.firstpass.event.SeriesInput;
import org.firstpass.event.SeriesRevisionCodec;
import org.firstpass.event.ShadowProposalMade;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.firstpass.model.CropSpec;
import org.firstpass.model.ModelPackage;
import org.firstpass.store.ObjectStore;
import org.firstpass.stream.EventReplay;
import org.firstpass.stream.Topics;
import org.firstpass.study.SeriesRevision;
import org.firstpass.study.Sha256;
import org.firstpass.volume.LabelMap;
import org.firstpass.volume.LabelMapCodec;
import org.firstpass.worker.SeriesSegmenter;

/**
 * What a candidate proposes for stored series: what it proposed in shadow, where it did, and what
 * it proposes now, where it did not.
 */
final class ReplayedProposals {
  private final ObjectStore store;
  private final ModelPackage model;
  private final SeriesSegmenter segmenter;
  private final Map<Sha256, ObjectReference> shadows = new HashMap<>();

  ReplayedProposals(Infrastructure infrastructure, ModelPackage model, SeriesSegmenter segmenter) {
    this.store = infrastructure.objects();
    this.model = model;
    this.segmenter = segmenter;
    EventReplay.forEach(
        infrastructure.stream(),
        Topics.PROPOSALS,
        event -> {
          if (event instanceof ShadowProposalMade shadow
              && shadow.modelPackage().equals(model.reference())) {
            shadows.put(shadow.input().revisionHash(), shadow.labels());
          }
        });
  }

  LabelMap labels(ObjectReference stored) {
    return LabelMapCodec.decode(store.read(stored.digest()));
  }

  /**
   * The labels of a series.
   *
   * @throws StudyRefused if the series is refused, or the package needs more than this one
   */
  LabelMap of(SeriesInput input) {
    ObjectReference shadow = shadows.get(input.revisionHash());
    if (shadow != null) {
      return labels(shadow);
    }
    if (model.manifest().input().channels().size() > 1
        || model.manifest().input().crop() instanceof CropSpec.Coarse) {
      throw new StudyRefused(
          ReasonCode.CHANNEL_MISSING,
          model.label() + " needs more than one series or package: run it in shadow instead");
    }
    SeriesRevision revision = SeriesRevisionCodec.decode(store.read(input.manifest().digest()));
    List<InstanceSource> sources =
        revision.instances().stream()
            .map(instance -> (InstanceSource) () -> store.open(instance.content()))
            .toList();
    SeriesSurvey survey = SeriesSurvey.of(sources);
    survey
        .refusal()
        .ifPresent(
            refused -> {
              throw refused;
            });
    return segmenter.segment(survey.read().volume(), model, input.revisionHash()).labels();
  }
}
