package org.firstpass.calibration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.firstpass.geometry.Orientation;
import org.firstpass.model.CropSpec;
import org.firstpass.model.GridSpec;
import org.firstpass.model.InputSpec;
import org.firstpass.model.InputSpec.ChannelSpec;
import org.firstpass.model.IntensitySpec;
import org.firstpass.model.ModelManifest;
import org.firstpass.model.ModelPackage;
import org.firstpass.model.OutsideSpec;
import org.firstpass.sample.SampleManifest;
import org.firstpass.sample.SamplePackage;
import org.firstpass.sample.TinyNetwork;
import org.firstpass.volume.Volume;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A package that looks where another one found something. */
final class CascadeCalibrationTest {
  @TempDir Path root;
  private ModelPackage coarse;
  private ModelPackage fine;

  @BeforeEach
  void makePackages() {
    coarse = SamplePackage.threshold(root, new SampleManifest().name("coarse"), 0.9f);
    ModelManifest draft = cropped(new SampleManifest().name("fine").draft());
    Path folder = SamplePackage.folder(root, draft);
    TinyNetwork.write(
        folder.resolve(ModelManifest.MODEL_FILE), new float[] {0, 1}, new float[] {0, -0.5f});
    fine = SamplePackage.seal(folder, draft);
  }

  @Test
  void theCoarsePackageLooksFirstAndCasesWhereItFindsNothingAreLeftOut() {
    List<HeldOutCase> cases = new ArrayList<>(SampleCases.of(8));
    HeldOutCase.Loading first = cases.get(0).loading();
    cases.add(new HeldOutCase("case-empty", () -> empty(first.load())));
    Calibration found =
        Calibration.of(fine, cases, new Calibration.Settings(0.8, coarse, 1), (pass, name) -> {});
    assertEquals(8, found.cases().size());
    assertEquals(Set.of("case-empty"), found.leftOut().keySet());
    assertTrue(found.leftOut().values().iterator().next().startsWith("FP1024"));
    String card = CalibrationReport.of(fine.manifest(), found);
    assertTrue(card.contains("1 more cases were left out"), card);
  }

  @Test
  void withoutItOrWithAnotherOneNothingIsRun() {
    for (ModelPackage given : new ModelPackage[] {null, fine}) {
      String message =
          assertThrows(
                  IllegalArgumentException.class,
                  () ->
                      Calibration.of(
                          fine,
                          SampleCases.of(4),
                          new Calibration.Settings(0.8, given, 1),
                          (pass, name) -> {}))
              .getMessage();
      assertTrue(message.contains("looks for its region with coarse"), message);
    }
  }

  private static HeldOutCase.Scan empty(HeldOutCase.Scan like) {
    int voxels = like.grid().size().voxels();
    Volume nothing = Volume.ofValues(like.grid(), new float[voxels]);
    return new HeldOutCase.Scan(List.of(nothing), nothing.withLabels(new short[voxels]));
  }

  private static ModelManifest cropped(ModelManifest draft) {
    var input =
        new InputSpec(
            draft.input().tensor(),
            List.of(new ChannelSpec("CT", new IntensitySpec.Raw())),
            new Orientation("SPL"),
            new GridSpec.Source(),
            new OutsideSpec.Edge(),
            new CropSpec.Coarse("coarse", null, List.of(), 3));
    return new ModelManifest(
        draft.format(),
        draft.name(),
        draft.version(),
        draft.about(),
        draft.accepts(),
        input,
        draft.windows(),
        draft.output(),
        draft.labels(),
        Map.of(),
        null);
  }
}
