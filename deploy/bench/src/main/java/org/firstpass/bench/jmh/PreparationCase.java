package org.firstpass.bench.jmh;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSize;
import org.firstpass.geometry.Orientation;
import org.firstpass.geometry.Spacing;
import org.firstpass.geometry.Vector3;
import org.firstpass.model.Applicability;
import org.firstpass.model.CropSpec;
import org.firstpass.model.GridSpec;
import org.firstpass.model.GridSpec.Anchor;
import org.firstpass.model.InputSpec;
import org.firstpass.model.InputSpec.ChannelSpec;
import org.firstpass.model.IntensitySpec;
import org.firstpass.model.LabelSpec;
import org.firstpass.model.LabelSpec.LabelledChannel;
import org.firstpass.model.ModelManifest;
import org.firstpass.model.OutputSpec;
import org.firstpass.model.OutputSpec.Activation;
import org.firstpass.model.OutsideSpec;
import org.firstpass.model.Provenance;
import org.firstpass.model.ResamplingSpec;
import org.firstpass.model.WindowSpec;
import org.firstpass.segment.CodedConcept;
import org.firstpass.segment.Segment;
import org.firstpass.study.FrameOfReferenceUid;
import org.firstpass.volume.Volume;
import org.firstpass.volume.Volume.StoredAs;

/** An axial CT of 512 x 512 x 300 voxels of 0.75 x 0.75 x 1 mm, and networks that want it. */
final class PreparationCase {
  static final GridGeometry CT =
      new GridGeometry(
          new FrameOfReferenceUid("2.25.11"),
          new GridSize(512, 512, 300),
          new Vector3(-190, -170, 30),
          new Orientation("SPL").axes(),
          new Spacing(0.75, 0.75, 1));

  private PreparationCase() {}

  static Volume volume() {
    float[] values = SampleArrays.values(CT.size());
    var stored = new short[values.length];
    for (int i = 0; i < values.length; i++) {
      stored[i] = (short) (values[i] + 1024);
    }
    return Volume.ofStored(CT, stored, new StoredAs(true, 1, -1024));
  }

  /**
   * A network.
   *
   * @param kind {@code nnunet}: cubic, intensities first, 0.8 x 0.8 x 1.5 mm; {@code monai}:
   *     linear, in RAS, 1.5 mm; {@code source}: the voxels of the series
   * @param classes background among them
   */
  static ModelManifest manifest(String kind, int classes) {
    return new ModelManifest(
        ModelManifest.FORMAT,
        kind,
        "1.0.0",
        new Provenance("A measured package", "Apache-2.0", "Benchmarks only.", null),
        new Applicability(List.of("CT"), null, null, null, null, 1),
        input(kind),
        new WindowSpec.Whole(1, 0),
        new OutputSpec("logits", Activation.SOFTMAX, classes, null),
        new LabelSpec("measured", 1, labels(classes)),
        Map.of(),
        null);
  }

  private static InputSpec input(String kind) {
    boolean nnUnet = kind.equals("nnunet");
    GridSpec grid =
        switch (kind) {
          case "nnunet" -> new GridSpec.Spaced(List.of(1.5, 0.8, 0.8));
          case "monai" -> new GridSpec.Spaced(List.of(1.5, 1.5, 1.5), Anchor.FIRST_VOXEL);
          default -> new GridSpec.Source();
        };
    return new InputSpec(
        "image",
        List.of(new ChannelSpec("CT", new IntensitySpec.ZScore(50.0, 200.0, -900.0, 900.0))),
        new Orientation(kind.equals("monai") ? "RAS" : "SPL"),
        nnUnet,
        grid,
        new OutsideSpec.Edge(),
        nnUnet ? new CropSpec.NonZero() : null,
        nnUnet ? new ResamplingSpec(ResamplingSpec.Interpolation.CUBIC, 3.0) : null,
        nnUnet ? InputSpec.Order.INTENSITY_FIRST : InputSpec.Order.GRID_FIRST,
        null,
        null);
  }

  private static List<LabelledChannel> labels(int classes) {
    var organ = new CodedConcept("10200004", "SCT", "Liver");
    var category = new CodedConcept("123037004", "SCT", "Anatomical Structure");
    return IntStream.range(1, classes)
        .mapToObj(
            number ->
                new LabelledChannel(
                    number,
                    new Segment(number, "Organ " + number, category, organ, null, "#dd8265"),
                    null))
        .toList();
  }
}
