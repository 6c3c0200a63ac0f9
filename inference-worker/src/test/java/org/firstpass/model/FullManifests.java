package org.firstpass.model;

import java.util.List;
import java.util.Map;
import org.firstpass.geometry.Orientation;
import org.firstpass.geometry.Plane;
import org.firstpass.model.FindingSpec.FindingClass;
import org.firstpass.model.InputSpec.ChannelSpec;
import org.firstpass.model.LabelSpec.CleanUp;
import org.firstpass.model.LabelSpec.ExpectedShape;
import org.firstpass.model.LabelSpec.LabelledChannel;
import org.firstpass.sample.SampleManifest;
import org.firstpass.segment.CodedConcept;
import org.firstpass.segment.Segment;
import org.firstpass.study.Sha256;
import org.jspecify.annotations.Nullable;

/** Manifests that, taken together, have every field and every kind of rule that there is. */
final class FullManifests {
  private static final List<Double> SPACING = List.of(3.0, 0.75, 0.5);
  private static final List<Double> LOW = List.of(-100.0, -90.0, -80.0);
  private static final List<Double> HIGH = List.of(100.0, 90.0, 80.0);
  private static final Applicability ANY =
      new Applicability(List.of("CT"), null, null, null, null, 1);

  private FullManifests() {}

  static List<ModelManifest> all() {
    return List.of(volumes(), slices(), conformed(), boxed(), body(), findingsOnly());
  }

  /** An ensemble of 3-D networks with two channels, regions, rules, calibration. */
  static ModelManifest volumes() {
    var first = new ChannelSpec("T1", new IntensitySpec.ZScore(10.0, 2.0, -5.0, 5.0, true), null);
    var second =
        new ChannelSpec(
            "T2",
            new IntensitySpec.Percentiles(0.5, 99.5, true, List.of(-1.0, 1.0), true),
            applicability());
    var input =
        new InputSpec(
            "image",
            List.of(first, second),
            new Orientation("SAR"),
            false,
            new GridSpec.Spaced(SPACING, GridSpec.Anchor.FIRST_VOXEL),
            new OutsideSpec.Constant(-1024),
            new CropSpec.Coarse("finder", "1.0.0", List.of(1, 2), 12.5),
            new ResamplingSpec(ResamplingSpec.Interpolation.CUBIC, 3.0),
            InputSpec.Order.INTENSITY_FIRST,
            3,
            0);
    var windows =
        new WindowSpec.Sliding(
            List.of(32, 64, 96),
            0.5,
            WindowSpec.Blending.GAUSSIAN,
            0.125,
            -1,
            WindowSpec.Placement.NNUNET,
            List.of(0, 2),
            4,
            0.01);
    return manifest(
        applicability(),
        input,
        windows,
        new OutputSpec("logits", OutputSpec.Activation.REGIONS, 4, 0.4),
        labels(),
        List.of("fold_0.onnx", "fold_1.onnx"));
  }

  /** A 2.5-D network on the slices as they were acquired. */
  static ModelManifest slices() {
    var input =
        new InputSpec(
            "image",
            List.of(
                new ChannelSpec(
                    "CT", new IntensitySpec.Window(-160, 240, List.of(-1.0, 1.0), false))),
            new Orientation("SPL"),
            true,
            new GridSpec.Source(),
            new OutsideSpec.Edge(),
            new CropSpec.NonZero(),
            null,
            InputSpec.Order.GRID_FIRST,
            2,
            1);
    return plain(input, new WindowSpec.Whole(16, 0, List.of(1, 2)));
  }

  static ModelManifest conformed() {
    return plain(
        input(
            new GridSpec.Conformed(List.of(256, 255, 254), SPACING), new CropSpec.Above(-500, 10)),
        new WindowSpec.Whole(1, 0));
  }

  static ModelManifest boxed() {
    return plain(
        input(new GridSpec.Box(GridSpec.PatientSpace.RAS, LOW, HIGH, List.of(144, 143, 142)), null),
        new WindowSpec.Whole(1, 0));
  }

  static ModelManifest body() {
    return plain(
        input(new GridSpec.Source(), new CropSpec.Body(-300, 5)), new WindowSpec.Whole(1, 0));
  }

  /** No output for voxels. */
  static ModelManifest findingsOnly() {
    var codes = List.of(new CodedConcept("36118008", "SCT", "Pneumothorax"));
    var findings =
        new FindingSpec(
            "scores",
            FindingSpec.Activation.SIGMOID,
            FindingSpec.Across.MAXIMUM,
            List.of(new FindingClass(0, codes.get(0), 0.7)));
    return new ModelManifest(
        ModelManifest.FORMAT,
        "finder-of-findings",
        "1.2.3-rc.1",
        new Provenance("Findings", "MIT", "Tests only.", null, Provenance.LicenceClass.OPEN),
        ANY,
        input(new GridSpec.Source(), new CropSpec.Box(GridSpec.PatientSpace.LPS, LOW, HIGH)),
        new WindowSpec.Whole(1, 0),
        new OutputSpec("", OutputSpec.Activation.NONE, 0, null),
        new LabelSpec("findings", 1, List.of()),
        findings,
        List.of(),
        null,
        null,
        Map.of(),
        null);
  }

  private static ModelManifest plain(InputSpec input, WindowSpec windows) {
    return manifest(
        ANY,
        input,
        windows,
        new OutputSpec("logits", OutputSpec.Activation.SOFTMAX, 2, null),
        new LabelSpec("one", 1, List.of(new LabelledChannel(1, SampleManifest.segment(1), null))),
        List.of());
  }

  private static ModelManifest manifest(
      Applicability accepts,
      InputSpec input,
      WindowSpec windows,
      OutputSpec output,
      LabelSpec labels,
      List<String> networks) {
    Sha256 digest = Sha256.of(new byte[] {1});
    return new ModelManifest(
        ModelManifest.FORMAT,
        "full",
        "1.0.0",
        new Provenance(
            "Everything", "MIT", "Tests only.", "nowhere", Provenance.LicenceClass.RESEARCH_ONLY),
        accepts,
        input,
        windows,
        output,
        labels,
        null,
        networks,
        new CalibrationSpec(1.5, 0.85, 2, -3, -4, -0.5, 0.05, 40),
        new NeedsSpec(4096),
        Map.of("model.onnx", digest),
        new GoldenCase(
            "golden/input.npy.gz", "golden/output.npy.gz", "golden/findings.npy.gz", 0.001));
  }

  private static InputSpec input(GridSpec grid, @Nullable CropSpec crop) {
    return new InputSpec(
        "image",
        List.of(new ChannelSpec("CT", new IntensitySpec.Raw())),
        new Orientation("LIA"),
        grid,
        new OutsideSpec.Edge(),
        crop);
  }

  private static Applicability applicability() {
    return new Applicability(
        List.of("MR"),
        "head|brain",
        false,
        "t2",
        "localizer",
        20,
        400,
        "tse",
        false,
        List.of(Plane.AXIAL, Plane.CORONAL),
        new Range(0.5, 5.0),
        List.of(Admission.COLOUR_AS_LUMINANCE));
  }

  private static LabelSpec labels() {
    var modified =
        new Segment(
            1,
            "Left kidney",
            new CodedConcept("123037004", "SCT", "Anatomical Structure"),
            new CodedConcept("64033007", "SCT", "Kidney"),
            new CodedConcept("7771000", "SCT", "Left"),
            "#e0a526");
    var expected = new ExpectedShape(new Range(50.0, 400.0), 2, false);
    return new LabelSpec(
        "regions",
        2,
        List.of(
            new LabelledChannel(0, modified, new CleanUp(true, 0.5, true), expected),
            new LabelledChannel(1, SampleManifest.segment(2), null),
            new LabelledChannel(2, SampleManifest.segment(3), null),
            new LabelledChannel(3, SampleManifest.segment(4), null)),
        List.of(
            new AnatomicalRule.Near(1, 2, 30),
            new AnatomicalRule.Sides(1, 2, 3),
            new AnatomicalRule.Beyond(1, 3, AnatomicalRule.Direction.HEAD)));
  }
}
