package org.firstpass.dataset;

import java.util.List;
import org.firstpass.dataset.DatasetCase.OtherReading;
import org.firstpass.event.CorrectionAccepted;
import org.firstpass.failure.StudyRefused;
import org.firstpass.study.InstanceReference;
import org.firstpass.study.SeriesRevision;
import org.firstpass.volume.LabelMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads one case from the store and writes its files. Safe for use by many threads; each holds one
 * image and its labels.
 */
final class CaseWriter {
  private static final Logger LOG = LoggerFactory.getLogger(CaseWriter.class);

  private final CaseReader reader;
  private final CaseFiles files;
  private final ReaderPseudonyms pseudonyms;
  private final double minAgreement;

  CaseWriter(CaseReader reader, CaseFiles files, ReaderPseudonyms pseudonyms, double minAgreement) {
    this.reader = reader;
    this.files = files;
    this.pseudonyms = pseudonyms;
    this.minAgreement = minAgreement;
  }

  /** Writes the case, or leaves it out if its series is one that cannot be read as a volume. */
  CaseOutcome write(PlannedCase planned) {
    CorrectionAccepted correction = planned.series().counted();
    List<OtherReading> others = others(planned.series());
    double lowest =
        others.stream().mapToDouble(one -> ReaderAgreement.lowest(one.agreement())).min().orElse(1);
    if (lowest < minAgreement) {
      return new CaseOutcome.LeftOut(
          DatasetPlanner.leftOut(
              correction, LeftOutCase.Reason.READERS_DISAGREE, "lowest Dice " + lowest));
    }
    SeriesRevision revision = reader.revision(correction.input());
    try {
      return new CaseOutcome.Written(
          new WrittenCase(
              planned,
              revision.instances().stream().map(InstanceReference::instance).toList(),
              files.write(planned, revision),
              others));
    } catch (StudyRefused e) {
      LOG.warn(
          "correction {} of series {} is left out: {} {}",
          correction.id(),
          correction.series(),
          e.code().code(),
          e.getMessage());
      return new CaseOutcome.LeftOut(DatasetPlanner.refused(correction, e));
    }
  }

  private List<OtherReading> others(ReadSeries series) {
    if (series.others().isEmpty()) {
      return List.of();
    }
    LabelMap counted = reader.labels(series.counted().acceptedLabels());
    return series.others().stream()
        .map(
            other ->
                new OtherReading(
                    other.id(),
                    pseudonyms.of(other.reader()),
                    ReaderAgreement.of(
                        series.counted().schema(), counted, reader.labels(other.acceptedLabels()))))
        .toList();
  }
}
