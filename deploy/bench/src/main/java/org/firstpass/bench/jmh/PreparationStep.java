package org.firstpass.bench.jmh;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.firstpass.model.ModelManifest;
import org.firstpass.prepare.Preparation;
import org.firstpass.prepare.Prepared;
import org.firstpass.volume.Volume;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** From stored values to a network's input. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@SuppressWarnings("NullAway.Init")
public class PreparationStep {
  @Param({"nnunet", "monai", "source"})
  public String network;

  private final Volume volume = PreparationCase.volume();
  private ModelManifest manifest;

  @Setup
  public void describe() {
    manifest = PreparationCase.manifest(network, 2);
  }

  @Benchmark
  public Prepared prepare() {
    return Preparation.prepare(List.of(volume), manifest, Optional.empty());
  }
}
