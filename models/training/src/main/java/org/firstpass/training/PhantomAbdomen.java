package org.firstpass.training;

import java.util.List;
import java.util.Map;
import org.firstpass.geometry.Orientation;
import org.firstpass.model.Applicability;
import org.firstpass.model.CropSpec;
import org.firstpass.model.GoldenCase;
import org.firstpass.model.GridSpec;
import org.firstpass.model.InputSpec;
import org.firstpass.model.InputSpec.ChannelSpec;
import org.firstpass.model.IntensitySpec;
import org.firstpass.model.LabelSpec;
import org.firstpass.model.LabelSpec.CleanUp;
import org.firstpass.model.LabelSpec.LabelledChannel;
import org.firstpass.model.ModelManifest;
import org.firstpass.model.NeedsSpec;
import org.firstpass.model.OutputSpec;
import org.firstpass.model.OutsideSpec;
import org.firstpass.model.Provenance;
import org.firstpass.model.WindowSpec;
import org.firstpass.model.WindowSpec.Blending;
import org.firstpass.phantom.AbdomenSchema;
import org.firstpass.segment.Segment;
import org.firstpass.study.Sha256;

/**
 * What the package {@code phantom-abdomen} states of itself; training obeys the same statements.
 */
final class PhantomAbdomen {
  static final String NAME = "phantom-abdomen";
  static final String VERSION = "1.1.0";
  static final String INPUT = "image";
  static final String OUTPUT = "logits";
  static final String GOLDEN_INPUT = "golden/input.npy.gz";
  static final String GOLDEN_OUTPUT = "golden/output.npy.gz";

  /** Background and the six segments. */
  static final int CLASSES = AbdomenSchema.SCHEMA.segments().size() + 1;

  /** D, H, W of a window, in training as in use: the statistics of the normalisation hang on it. */
  static final List<Integer> PATCH = List.of(48, 64, 64);

  static final double AIR = -1000;

  /** Measured: 370 MB resident for eight slices of 256 x 256 voxels, with a heap of 64 MiB. */
  static final long MEMORY_MIB = 400;

  static final InputSpec INPUT_SPEC =
      new InputSpec(
          INPUT,
          List.of(new ChannelSpec("CT", new IntensitySpec.Window(-250, 350))),
          new Orientation("SPL"),
          new GridSpec.Spaced(List.of(5.0, 5.0, 5.0)),
          new OutsideSpec.Constant(AIR),
          new CropSpec.Above(-200, 15));

  static final WindowSpec.Sliding WINDOWS =
      new WindowSpec.Sliding(PATCH, 0.25, Blending.GAUSSIAN, null, 0);

  private PhantomAbdomen() {}

  /**
   * Without digests, which are put in when the package is sealed, and without calibration and usual
   * shapes, which are measured then.
   */
  static ModelManifest draft() {
    return new ModelManifest(
        ModelManifest.FORMAT,
        NAME,
        VERSION,
        new Provenance(
            "Abdominal organs in phantoms",
            "Apache-2.0",
            "Demonstration and tests with made-up CT volumes. Not for images of patients.",
            null,
            Provenance.LicenceClass.OPEN),
        // It has never seen a patient, so it takes what says that it is none.
        new Applicability(List.of("CT"), null, true, "phantom", null, 8),
        INPUT_SPEC,
        WINDOWS,
        new OutputSpec(OUTPUT, OutputSpec.Activation.SOFTMAX, CLASSES, null),
        new LabelSpec(
            AbdomenSchema.SCHEMA.name(),
            AbdomenSchema.SCHEMA.version(),
            AbdomenSchema.SCHEMA.segments().stream().map(PhantomAbdomen::channel).toList()),
        null,
        List.of(),
        null,
        new NeedsSpec(MEMORY_MIB),
        Map.of(ModelManifest.MODEL_FILE, Sha256.of(new byte[0])),
        new GoldenCase(GOLDEN_INPUT, GOLDEN_OUTPUT, 1e-3));
  }

  private static LabelledChannel channel(Segment segment) {
    boolean onePiece = segment.number() <= AbdomenSchema.RIGHT_KIDNEY;
    return new LabelledChannel(segment.number(), segment, new CleanUp(onePiece, onePiece ? 0 : 1));
  }
}
