package org.firstpass.inference;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.firstpass.bench.jmh.SampleArrays;
import org.firstpass.geometry.Axes;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSize;
import org.firstpass.geometry.Orientation;
import org.firstpass.geometry.Spacing;
import org.firstpass.geometry.Vector3;
import org.firstpass.model.Applicability;
import org.firstpass.model.GridSpec;
import org.firstpass.model.InputSpec;
import org.firstpass.model.IntensitySpec;
import org.firstpass.model.LabelSpec;
import org.firstpass.model.ModelManifest;
import org.firstpass.model.OutputSpec;
import org.firstpass.model.OutsideSpec;
import org.firstpass.model.Provenance;
import org.firstpass.model.WindowSpec;
import org.firstpass.prepare.NetworkInput;
import org.firstpass.segment.CodedConcept;
import org.firstpass.segment.Segment;
import org.firstpass.study.FrameOfReferenceUid;
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

/**
 * What is done with one window of 96 x 96 x 96 beside the network: three classes, 256 x 256 x 160
 * voxels. It lies in the room that it measures, whose classes are its own.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class WindowStep {
  private static final int EDGE = 96;
  private static final int CHANNELS = 3;
  private static final GridSize SIZE = new GridSize(256, 256, 160);
  private static final GridSize WINDOW = new GridSize(EDGE, EDGE, EDGE);

  /** Whether blending is in half precision. */
  @Param({"false", "true"})
  private boolean halved;

  private final FloatBuffer target =
      ByteBuffer.allocateDirect(Float.BYTES * WINDOW.voxels())
          .order(ByteOrder.nativeOrder())
          .asFloatBuffer();
  private final float[] plane = SampleArrays.values(new GridSize(EDGE, EDGE, 1));
  private final ModelManifest manifest = manifest();
  private final WindowPlan windows = WindowPlan.of(SIZE, manifest);
  private final WindowGather gather = new WindowGather(input(), manifest, WINDOW);
  private BlendPlan plan = BlendPlan.of(manifest, SIZE, windows, 1, Long.MAX_VALUE);
  private SliceBlock block = new SliceBlock(plan);

  @Setup
  public void choose() {
    plan = BlendPlan.of(manifest, SIZE, windows, 1, halved ? 0 : Long.MAX_VALUE);
    block = new SliceBlock(plan);
    block.begin(0);
  }

  @Benchmark
  public FloatBuffer gatherWindow() {
    gather.gather(windows.starts().get(6), Mirror.NONE, target, 0);
    return target;
  }

  @Benchmark
  public FloatBuffer gatherMirroredWindow() {
    gather.gather(windows.starts().get(6), new Mirror(true, true, true), target, 0);
    return target;
  }

  /** All slices of a window go into the same block here, again and again. */
  @Benchmark
  public Object blendWindow() {
    var part = WindowPart.of(new WindowPlan.Start(48, 48, 0), WINDOW, SIZE);
    var room = new float[2][WINDOW.voxelsPerSlice()];
    WindowValues values = new Same();
    for (int slice = 0; slice < EDGE; slice++) {
      block.add(part, slice % plan.slices(), values, room);
    }
    return block;
  }

  @Benchmark
  public Object finishSlab() {
    return block.slab(plan.slabRoom());
  }

  /** A slice as it comes out of a tensor: a copy. */
  private final class Same implements WindowValues {
    @Override
    public void read(int channel, int slice, float[] to) {
      System.arraycopy(plane, 0, to, 0, to.length);
    }

    @Override
    public void readAgreement(int slice, float[] to) {
      throw new UnsupportedOperationException("there is one pass only");
    }
  }

  private static NetworkInput input() {
    var grid =
        new GridGeometry(
            new FrameOfReferenceUid("2.25.5"),
            SIZE,
            new Vector3(0, 0, 0),
            Axes.ofPlane(new Vector3(1, 0, 0), new Vector3(0, 1, 0)),
            new Spacing(1, 1, 1));
    return new NetworkInput(grid, SampleArrays.values(SIZE));
  }

  private static ModelManifest manifest() {
    var concept = new CodedConcept("10200004", "SCT", "Liver");
    var segment = new Segment(1, "Liver", concept, concept, null, "#dd8265");
    return new ModelManifest(
        ModelManifest.FORMAT,
        "step",
        "1.0.0",
        new Provenance("A step", "Apache-2.0", "Benchmarks only.", null),
        new Applicability(List.of("CT"), null, null, null, null, 1),
        new InputSpec(
            "input",
            List.of(new InputSpec.ChannelSpec("CT", new IntensitySpec.Raw())),
            new Orientation("SPL"),
            new GridSpec.Source(),
            new OutsideSpec.Edge(),
            null),
        new WindowSpec.Sliding(
            List.of(EDGE, EDGE, EDGE), 0.5, WindowSpec.Blending.GAUSSIAN, null, 0),
        new OutputSpec("logits", OutputSpec.Activation.SOFTMAX, CHANNELS, null),
        new LabelSpec("step", 1, List.of(new LabelSpec.LabelledChannel(1, segment, null))),
        Map.of(),
        null);
  }
}
