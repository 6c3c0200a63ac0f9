package org.firstpass.bench.jmh;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.firstpass.volume.Cavities;
import org.firstpass.volume.Components;
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

/** A label map of 79 million voxels with a large organ and crumbs. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ComponentsStep {
  @Param({"5000", "200000"})
  private int crumbs;

  private short[] labels = {};

  @Setup
  public void paint() {
    labels = SampleArrays.labels(SampleArrays.LARGE, crumbs);
  }

  @Benchmark
  public Components ofOne() {
    return Components.of(labels, SampleArrays.LARGE, 1);
  }

  @Benchmark
  public Map<Integer, Components> ofEach() {
    return Components.ofEach(labels, SampleArrays.LARGE);
  }

  /** After the first call nothing is left to fill: what is measured is the search. */
  @Benchmark
  public long cavities() {
    return Cavities.fill(labels, SampleArrays.LARGE, 1);
  }
}
