package org.firstpass.worker;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.firstpass.model.Applicability;
import org.firstpass.model.GridSpec;
import org.firstpass.model.IntensitySpec;
import org.firstpass.model.LabelSpec.LabelledChannel;
import org.firstpass.model.ModelPackage;
import org.firstpass.model.OutputSpec.Activation;
import org.firstpass.model.OutsideSpec;
import org.firstpass.model.WindowSpec;
import org.firstpass.sample.SampleManifest;
import org.firstpass.sample.SamplePackage;
import org.firstpass.sample.SharedData;
import org.firstpass.segment.CodedConcept;
import org.firstpass.segment.Segment;

/** Manifests for published networks that lie outside the repository. */
final class RealModels {
  private RealModels() {}

  /** FreeSurfer's conformed grid; the intensity goes to 0..1 between minimum and a percentile. */
  static ModelPackage brainTissue(Path folder, double upperPercentile) {
    var cube = List.of(256, 256, 256);
    SampleManifest draft =
        new SampleManifest()
            .name("brain-tissue")
            .accepts(new Applicability(List.of("MR"), null, null, "T1|N2D", null, 64))
            .grid("LIA", new GridSpec.Conformed(cube, List.of(1.0, 1.0, 1.0)))
            .outside(new OutsideSpec.Constant(0))
            .intensity(new IntensitySpec.Percentiles(0, upperPercentile, true))
            .windows(new WindowSpec.Whole(1, 0))
            .output(Activation.SOFTMAX, 3)
            .labels(
                List.of(
                    labelled(1, 1, "White matter", "68523003", "Cerebral white matter"),
                    labelled(2, 2, "Grey matter", "389081007", "Gray Matter")));
    return SamplePackage.seal(
        folder, draft.draft(), SharedData.data("models/meshnet_model5_gw_ae.onnx"));
  }

  /** A box around the upper abdomen of one patient, stretched to a cube; raw Hounsfield units. */
  static ModelPackage abdomen(Path folder) {
    var box =
        new GridSpec.Box(
            GridSpec.PatientSpace.RAS,
            List.of(-143.3, 59.3, -944.5),
            List.of(157.9, 262.0, -756.5),
            List.of(144, 144, 144));
    String[] names = {
      "Spleen",
      "Pancreas",
      "Left kidney",
      "Gallbladder",
      "Oesophagus",
      "Liver",
      "Stomach",
      "Duodenum"
    };
    String[] codes = {
      "78961009", "15776009", "18639004", "28231008", "32849002", "10200004", "69695003", "38848004"
    };
    List<LabelledChannel> labels = new ArrayList<>();
    for (int i = 0; i < names.length; i++) {
      labels.add(labelled(i + 1, i + 1, names[i], codes[i], names[i]));
    }
    SampleManifest draft =
        new SampleManifest()
            .name("abdomen-organs")
            .grid("LAI", box)
            .outside(new OutsideSpec.Edge())
            .windows(new WindowSpec.Whole(1, 0))
            .output(Activation.SOFTMAX, 9)
            .labels(labels);
    return SamplePackage.seal(
        folder, draft.draft(), SharedData.data("models/allconvunet_tcia_fold1.onnx"));
  }

  private static LabelledChannel labelled(
      int channel, int number, String label, String code, String meaning) {
    return new LabelledChannel(
        channel,
        new Segment(
            number,
            label,
            new CodedConcept("123037004", "SCT", "Anatomical Structure"),
            new CodedConcept(code, "SCT", meaning),
            null,
            "#dd8265"),
        null);
  }
}
