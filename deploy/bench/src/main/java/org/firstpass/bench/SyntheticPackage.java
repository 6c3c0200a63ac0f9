package org.firstpass.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.firstpass.geometry.Orientation;
import org.firstpass.inference.PackageSealing;
import org.firstpass.model.Applicability;
import org.firstpass.model.GridSpec;
import org.firstpass.model.InputSpec;
import org.firstpass.model.IntensitySpec;
import org.firstpass.model.LabelSpec;
import org.firstpass.model.ManifestJson;
import org.firstpass.model.ModelManifest;
import org.firstpass.model.ModelPackage;
import org.firstpass.model.OutputSpec;
import org.firstpass.model.OutsideSpec;
import org.firstpass.model.Provenance;
import org.firstpass.model.WindowSpec;

/** A package around a {@link SyntheticNetwork}, on the voxels of the series. */
final class SyntheticPackage {
  private SyntheticPackage() {}

  /**
   * Seals a package in a folder.
   *
   * @param patch D, H, W
   */
  static ModelPackage seal(Path folder, int labels, List<Integer> patch, double overlap)
      throws IOException {
    List<LabelSpec.LabelledChannel> segments = new ArrayList<>();
    for (int label = 1; label <= labels; label++) {
      segments.add(
          new LabelSpec.LabelledChannel(
              label,
              SegmentationBenchmark.segment(label, "Structure " + label, "10200004"),
              new LabelSpec.CleanUp(true, 0)));
    }
    var draft =
        new ModelManifest(
            ModelManifest.FORMAT,
            "synthetic",
            "1.0.0",
            new Provenance("Synthetic", "Apache-2.0", "Benchmarks only.", null),
            new Applicability(List.of("CT"), null, null, null, null, 1),
            new InputSpec(
                SyntheticNetwork.INPUT,
                List.of(new InputSpec.ChannelSpec("CT", new IntensitySpec.Raw())),
                new Orientation("SPL"),
                new GridSpec.Source(),
                new OutsideSpec.Edge(),
                null),
            new WindowSpec.Sliding(patch, overlap, WindowSpec.Blending.GAUSSIAN, null, 0),
            new OutputSpec(
                SyntheticNetwork.OUTPUT, OutputSpec.Activation.SOFTMAX, labels + 1, null),
            new LabelSpec("synthetic", 1, segments),
            Map.of(),
            null);
    SyntheticNetwork.write(folder.resolve(ModelManifest.MODEL_FILE), labels);
    Files.write(folder.resolve(ModelPackage.MANIFEST_FILE), ManifestJson.write(draft));
    return PackageSealing.seal(folder);
  }
}
