package org.firstpass.bench.jmh;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.firstpass.geometry.GridSize;
import org.firstpass.model.ModelManifest;
import org.firstpass.prepare.NetworkSlab;
import org.firstpass.prepare.Preparation;
import org.firstpass.prepare.Prepared;
import org.firstpass.prepare.Restoration;
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

/** From logits, slab by slab, to labels on the grid of the series; a third of it is organs. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@SuppressWarnings("NullAway.Init")
public class RestorationStep {
  private static final int DEPTH = 48;
  private static final int ORGAN = 40;

  @Param({"nnunet", "monai"})
  public String network;

  @Param({"3", "21"})
  public int classes;

  private ModelManifest manifest;
  private Prepared prepared;
  private float[][] slab;

  @Setup
  public void answer() {
    manifest = PreparationCase.manifest(network, classes);
    prepared = Preparation.prepare(List.of(PreparationCase.volume()), manifest, Optional.empty());
    GridSize size = prepared.input().grid().size();
    slab = new float[classes][DEPTH * size.voxelsPerSlice()];
    IntStream.range(0, classes).parallel().forEach(channel -> fill(slab[channel], channel, size));
  }

  /** The same slab again and again: what it holds is of no matter to the work along borders. */
  @Benchmark
  public short[] restore() {
    GridSize size = prepared.input().grid().size();
    Restoration restoration = Restoration.onto(prepared.source(), prepared, manifest);
    for (int first = 0; first < size.slices(); first += DEPTH) {
      int slices = Math.min(DEPTH, size.slices() - first);
      restoration.accept(new NetworkSlab(first, slices, slab, null));
    }
    return restoration.labels();
  }

  private void fill(float[] values, int channel, GridSize size) {
    for (int at = 0; at < values.length; at++) {
      int column = at % size.columns();
      int row = at / size.columns() % size.rows();
      int slice = at / size.voxelsPerSlice();
      boolean organs = column > size.columns() / 3 && row > size.rows() / 2;
      int chosen = organs ? (column / ORGAN + 3 * (row / ORGAN) + slice / ORGAN) % classes : 0;
      values[at] = (chosen == channel ? 3 : 0) + (31 * column + 17 * row + 7 * slice) % 11 * 0.05f;
    }
  }
}
