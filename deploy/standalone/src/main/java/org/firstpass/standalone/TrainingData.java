package org.firstpass.standalone;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.firstpass.dataset.CorrectionFiles;
import org.firstpass.dataset.ReaderPseudonyms;
import org.firstpass.dataset.register.DatasetRegister;
import org.firstpass.dataset.register.RegisteredVersion;
import org.firstpass.event.CorrectionAccepted;
import org.firstpass.event.EventJson;
import org.firstpass.event.PackageReference;
import org.firstpass.failure.Defect;
import org.firstpass.failure.ReasonCode;
import org.firstpass.feed.TrainingFiles;
import org.firstpass.study.Sha256;
import org.jspecify.annotations.Nullable;

/** What the review server hands out to those who learn, as data sets have it. */
final class TrainingData implements TrainingFiles {
  /** Changes when the same correction is written in another way. */
  private static final String VERSION = "1";

  private static final ObjectMapper MAPPER = EventJson.mapper();

  private final CorrectionFiles files;
  private final ReaderPseudonyms readers;
  private final DatasetRegister register;

  TrainingData(Infrastructure infrastructure, Configuration configuration) {
    this.files = new CorrectionFiles(infrastructure.objects());
    this.readers = Datasets.pseudonyms(configuration);
    this.register = new DatasetRegister(infrastructure.database());
  }

  @Override
  public String readerName(String user) {
    return readers.of(user);
  }

  @Override
  public String tag(CorrectionAccepted correction, Form form) {
    String of =
        switch (form) {
          case LABELS -> correction.acceptedLabels().digest().hex();
          case SEGMENTATION -> correction.segmentation().digest().hex();
          case IMAGE, SOURCES -> correction.input().revisionHash().hex();
        };
    return of + "-" + form.name().charAt(0) + VERSION;
  }

  @Override
  public Content open(CorrectionAccepted correction, Form form) {
    CorrectionFiles.Content content =
        switch (form) {
          case LABELS -> files.labels(correction);
          case IMAGE -> files.image(correction);
          case SEGMENTATION -> files.segmentation(correction);
          case SOURCES -> files.sources(correction);
        };
    return content::writeTo;
  }

  /** A data set as others see it; where it lies on this machine is not for them. */
  private record Listed(
      Sha256 hash,
      String name,
      String format,
      int cases,
      @Nullable Sha256 parent,
      Instant made,
      @Nullable Instant tombstoned,
      List<PackageReference> packages) {
    static Listed of(RegisteredVersion version) {
      return new Listed(
          version.hash(),
          version.name(),
          version.format(),
          version.cases(),
          version.parent().orElse(null),
          version.made(),
          version.tombstoned().orElse(null),
          version.packages());
    }
  }

  @Override
  public String datasets() {
    try {
      return MAPPER.writeValueAsString(register.versions().stream().map(Listed::of).toList());
    } catch (JsonProcessingException e) {
      throw new Defect(ReasonCode.UNEXPECTED, "cannot list data sets", e);
    }
  }

  @Override
  public Optional<byte[]> manifest(Sha256 dataset) {
    return register.manifest(dataset);
  }
}
