package org.firstpass.bench;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.firstpass.dicom.AlgorithmIdentification;
import org.firstpass.dicom.SegmentationContent;
import org.firstpass.dicom.SegmentationIdentity;
import org.firstpass.dicom.SegmentationWriter;
import org.firstpass.dicom.SeriesImage;
import org.firstpass.dicom.SeriesSurvey;
import org.firstpass.model.ModelPackage;
import org.firstpass.proposal.Proposal;
import org.firstpass.segment.Segment;
import org.firstpass.segment.SegmentAlgorithmType;
import org.firstpass.study.Sha256;
import org.firstpass.worker.SeriesSegmenter;

/** One series after the other from DICOM to SEG, and what is resident meanwhile. */
final class SoakRun {
  private SoakRun() {}

  /** {@code <series folder> <package folder> <series> <every>}; prints {@code series bytes}. */
  public static void main(String[] words) throws Exception {
    ModelPackage model = ModelPackage.load(Path.of(words[1]));
    int count = Integer.parseInt(words[2]);
    int every = Integer.parseInt(words[3]);
    List<Path> files;
    try (Stream<Path> all = Files.list(Path.of(words[0]))) {
      files = all.sorted().toList();
    }
    int cores = Runtime.getRuntime().availableProcessors();
    try (var segmenter = new SeriesSegmenter(cores, Long.MAX_VALUE, new SimpleMeterRegistry())) {
      for (int series = 1; series <= count; series++) {
        runOne(files, model, segmenter, series);
        if (series % every == 0) {
          System.gc();
          System.out.println(series + " " + ProcessMemory.resident());
        }
      }
    }
  }

  static Proposal runOne(
      List<Path> files, ModelPackage model, SeriesSegmenter segmenter, int series) {
    SeriesImage image = SeriesSurvey.of(SegmentationBenchmark.sources(files)).read();
    Sha256 revision = Sha256.of(new byte[] {(byte) series, (byte) (series >> 8)});
    Proposal proposal = segmenter.segment(image.volume(), model, revision);
    SegmentationWriter.write(
        image.source(), proposal.labels(), content(proposal), OutputStream.nullOutputStream());
    return proposal;
  }

  static SegmentationContent content(Proposal proposal) {
    Map<Integer, SegmentAlgorithmType> types =
        proposal.schema().segments().stream()
            .map(Segment::number)
            .collect(Collectors.toMap(Function.identity(), each -> SegmentAlgorithmType.AUTOMATIC));
    return new SegmentationContent(
        proposal.schema(),
        types,
        new AlgorithmIdentification("bench", "1", ""),
        new SegmentationIdentity(
            proposal.identity().instance(), proposal.identity().series(), Instant.EPOCH, ""));
  }
}
