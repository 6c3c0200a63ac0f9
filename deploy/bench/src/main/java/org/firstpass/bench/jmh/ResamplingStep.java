package org.firstpass.bench.jmh;

import java.util.concurrent.TimeUnit;
import org.firstpass.volume.GridAxis;
import org.firstpass.volume.Interpolation;
import org.firstpass.volume.Resampling;
import org.firstpass.volume.ResamplingRule;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Ten million voxels to ten million others. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ResamplingStep {
  private final float[] values = SampleArrays.values(SampleArrays.TEN_MILLION);

  @Benchmark
  public float[] cubic() {
    return Resampling.cubic(
        values,
        SampleArrays.TEN_MILLION,
        SampleArrays.TEN_MILLION_RESIZED,
        ResamplingRule.HALF_VOXEL);
  }

  @Benchmark
  public float[] linear() {
    return Resampling.linear(
        values,
        SampleArrays.TEN_MILLION,
        SampleArrays.TEN_MILLION_RESIZED,
        ResamplingRule.HALF_VOXEL);
  }

  @Benchmark
  public float[] perSlice() {
    return Resampling.perSlice(
        values,
        SampleArrays.TEN_MILLION,
        SampleArrays.TEN_MILLION_RESIZED,
        GridAxis.SLICE,
        Interpolation.CUBIC);
  }
}
