package org.firstpass.worker;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.firstpass.model.Applicability;
import org.firstpass.model.CropSpec;
import org.firstpass.model.GridSpec;
import org.firstpass.model.InputSpec;
import org.firstpass.model.IntensitySpec;
import org.firstpass.model.LabelSpec.LabelledChannel;
import org.firstpass.model.ModelManifest;
import org.firstpass.model.ModelPackage;
import org.firstpass.model.OutputSpec.Activation;
import org.firstpass.model.OutsideSpec;
import org.firstpass.model.WindowSpec;
import org.firstpass.model.importing.ImportNotes;
import org.firstpass.model.importing.SegmentNaming;
import org.firstpass.sample.SampleManifest;
import org.firstpass.sample.SamplePackage;
import org.firstpass.sample.SharedData;
import org.jspecify.annotations.Nullable;

/** Manifests for the five published networks that lie outside the repository. */
final class RealModels {
  private static final List<String> ORGANS =
      List.of(
          "spleen",
          "pancreas",
          "left kidney",
          "gallbladder",
          "oesophagus",
          "liver",
          "stomach",
          "duodenum");
  private static final List<String> BRAIN_STRUCTURES =
      List.of(
          "cerebral white matter",
          "cerebral cortex",
          "lateral ventricle",
          "inferior lateral ventricle",
          "cerebellum white matter",
          "cerebellum cortex",
          "thalamus",
          "caudate",
          "putamen",
          "pallidum",
          "3rd ventricle",
          "4th ventricle",
          "brain stem",
          "hippocampus",
          "amygdala",
          "accumbens area",
          "ventral DC");

  private RealModels() {}

  /** White and grey matter; minimum to a percentile. */
  static ModelPackage brainTissue(Path folder, double upperPercentile) {
    return conformed(
        folder,
        "brain-tissue",
        "meshnet_model5_gw_ae.onnx",
        new IntensitySpec.Percentiles(0, upperPercentile, true),
        List.of("white matter", "grey matter"));
  }

  /** The same by a larger network, between two percentiles and beyond. */
  static ModelPackage brainTissueOfEleven(Path folder) {
    return conformed(
        folder,
        "brain-tissue-eleven",
        "meshnet_model11_gw_ae.onnx",
        new IntensitySpec.Percentiles(5, 95, false),
        List.of("white matter", "grey matter"));
  }

  /** Seventeen structures of the brain. */
  static ModelPackage brainStructures(Path folder, double upperPercentile) {
    return conformed(
        folder,
        "brain-structures",
        "meshnet_model18cls.onnx",
        new IntensitySpec.Percentiles(0, upperPercentile, true),
        BRAIN_STRUCTURES);
  }

  /**
   * The whole brain, of any contrast. Its answer depends a little on how tightly it is cropped.
   *
   * @param crop as where the expected answer was made, null for none
   */
  static ModelPackage brainMask(Path folder, double upperPercentile, @Nullable CropSpec crop) {
    ModelManifest draft =
        conformed(
            "brain-mask",
            new IntensitySpec.Percentiles(0, upperPercentile, true),
            List.of("brain"),
            crop);
    return SamplePackage.seal(folder, draft, SharedData.data("models/meshnet_mindgrab.onnx"));
  }

  /** Organs of the upper abdomen in a box of one patient, stretched to a cube; raw values. */
  static ModelPackage abdomen(Path folder, GridSpec grid) {
    SampleManifest draft =
        new SampleManifest()
            .name("abdomen-organs")
            .grid("LAI", grid)
            .outside(new OutsideSpec.Edge())
            .windows(new WindowSpec.Whole(1, 0))
            .output(Activation.SOFTMAX, ORGANS.size() + 1)
            .labels(labels(ORGANS));
    return SamplePackage.seal(
        folder, draft.draft(), SharedData.data("models/allconvunet_tcia_fold1.onnx"));
  }

  private static ModelPackage conformed(
      Path folder, String name, String graph, IntensitySpec intensity, List<String> names) {
    return SamplePackage.seal(
        folder, conformed(name, intensity, names, null), SharedData.data("models/" + graph));
  }

  /** FreeSurfer's grid: 256 voxels of 1 mm along each axis, L I A. */
  private static ModelManifest conformed(
      String name, IntensitySpec intensity, List<String> names, @Nullable CropSpec crop) {
    var cube = List.of(256, 256, 256);
    ModelManifest draft =
        new SampleManifest()
            .name(name)
            .accepts(new Applicability(List.of("MR"), null, null, null, null, 16))
            .grid("LIA", new GridSpec.Conformed(cube, List.of(1.0, 1.0, 1.0)))
            .outside(new OutsideSpec.Constant(0))
            .intensity(intensity)
            .windows(new WindowSpec.Whole(1, 0))
            .output(Activation.SOFTMAX, names.size() + 1)
            .labels(labels(names))
            .draft();
    InputSpec whole = draft.input();
    var cropped =
        new InputSpec(
            whole.tensor(),
            whole.channels(),
            whole.orientation(),
            whole.grid(),
            whole.outside(),
            crop);
    return new ModelManifest(
        draft.format(),
        draft.name(),
        draft.version(),
        draft.about(),
        draft.accepts(),
        cropped,
        draft.windows(),
        draft.output(),
        draft.labels(),
        Map.of(),
        null);
  }

  private static List<LabelledChannel> labels(List<String> names) {
    var naming = new SegmentNaming(new ImportNotes());
    List<LabelledChannel> labels = new ArrayList<>();
    for (String name : names) {
      int number = labels.size() + 1;
      labels.add(new LabelledChannel(number, naming.segment(number, name), null));
    }
    return labels;
  }
}
