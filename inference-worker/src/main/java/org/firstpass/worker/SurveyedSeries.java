package org.firstpass.worker;

import java.util.List;
import java.util.Optional;
import org.firstpass.dicom.InstanceSource;
import org.firstpass.dicom.SeriesDescription;
import org.firstpass.dicom.SeriesImage;
import org.firstpass.dicom.SeriesSurvey;
import org.firstpass.event.SeriesInput;
import org.firstpass.event.SeriesRevisionCodec;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.store.ObjectStore;
import org.firstpass.study.SeriesInstanceUid;
import org.firstpass.study.SeriesRevision;
import org.jspecify.annotations.Nullable;

/** A series of the study whose headers were read; its pixels are when they are needed, once. */
final class SurveyedSeries {
  private final SeriesInput input;
  private final SeriesSurvey survey;
  private final WorkerMetrics metrics;
  private @Nullable SeriesImage image;

  SurveyedSeries(SeriesInput input, SeriesSurvey survey, WorkerMetrics metrics) {
    this.input = input;
    this.survey = survey;
    this.metrics = metrics;
  }

  /**
   * Reads the headers of a series.
   *
   * @throws org.firstpass.failure.StudyRefused MALFORMED_INSTANCE if they tell nothing
   */
  static SurveyedSeries of(SeriesInput input, ObjectStore store, WorkerMetrics metrics) {
    SeriesRevision revision = SeriesRevisionCodec.decode(store.read(input.manifest().digest()));
    List<InstanceSource> sources =
        revision.instances().stream()
            .map(instance -> (InstanceSource) () -> store.open(instance.content()))
            .toList();
    SeriesSurvey survey = metrics.stage(WorkerMetrics.Stage.SURVEY, () -> SeriesSurvey.of(sources));
    return new SurveyedSeries(input, survey, metrics);
  }

  SeriesInput input() {
    return input;
  }

  SeriesInstanceUid uid() {
    return input.reference().series();
  }

  SeriesSurvey survey() {
    return survey;
  }

  SeriesDescription description() {
    return survey.description();
  }

  /** Its grid; empty if it cannot be read as a volume. */
  Optional<GridGeometry> geometry() {
    return Optional.ofNullable(survey.description().acquisition().geometry());
  }

  /** Whether it can be read as a volume of grey values, as far as headers tell. */
  boolean isReadable() {
    return survey.refusal().isEmpty();
  }

  /**
   * The pixels.
   *
   * @throws org.firstpass.failure.StudyRefused if they cannot be read
   */
  SeriesImage image() {
    SeriesImage known = image;
    if (known == null) {
      // Of colour a package has asked for the luminance, or the series would not have come here.
      boolean colour = survey.description().colour();
      known =
          metrics.stage(WorkerMetrics.Stage.READ, colour ? survey::readLuminance : survey::read);
      image = known;
    }
    return known;
  }
}
