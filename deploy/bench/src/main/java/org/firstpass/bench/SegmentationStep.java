package org.firstpass.bench;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.firstpass.dicom.InstanceSource;
import org.firstpass.dicom.SegmentationReader;
import org.firstpass.dicom.SegmentationWriter;
import org.firstpass.dicom.SeriesSurvey;
import org.firstpass.dicom.SourceSeries;
import org.firstpass.volume.LabelMap;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Three segments on 512 x 512 x 300 voxels to the bytes of a binary SEG, and back. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@SuppressWarnings("NullAway.Init")
public class SegmentationStep {
  private SourceSeries source;
  private LabelMap labels;
  private byte[] written;

  @Setup
  public void write() throws Exception {
    var ct = new SampleCt(512, 300);
    labels = ct.labels();
    List<byte[]> series = ct.series(SampleCt.reference("segmentation step", 1));
    source =
        SeriesSurvey.of(
                series.stream()
                    .<InstanceSource>map(bytes -> () -> new ByteArrayInputStream(bytes))
                    .toList())
            .read()
            .source();
    var bytes = new ByteArrayOutputStream();
    SegmentationWriter.write(source, labels, SegmentationBenchmark.content(), bytes);
    written = bytes.toByteArray();
  }

  @Benchmark
  public void toBytes() {
    SegmentationWriter.write(
        source, labels, SegmentationBenchmark.content(), OutputStream.nullOutputStream());
  }

  @Benchmark
  public LabelMap toLabels() {
    return SegmentationReader.read(() -> new ByteArrayInputStream(written))
        .toLabelMap(source.geometry(), SegmentationBenchmark.schema());
  }
}
