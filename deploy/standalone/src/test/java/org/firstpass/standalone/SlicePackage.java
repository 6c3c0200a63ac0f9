package org.firstpass.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.firstpass.inference.PackageSealing;
import org.firstpass.model.ModelManifest;
import org.firstpass.model.ModelPackage;

/** A sealed package of a network that sees slices, for one modality, in a model folder. */
final class SlicePackage {
  private static final String MANIFEST =
      """
      {
        "format": 1,
        "name": "slices-NAME",
        "version": "1.0.0",
        "about": {"title": "Slices", "licence": "Apache-2.0", "intendedUse": "Tests only."},
        "accepts": {"modalities": ["MODALITY"], "minimumSlices": 1, "admits": [ADMITS]},
        "input": {
          "tensor": "image",
          "channels": [{"name": "MODALITY", "intensity": {"kind": "raw"}}],
          "orientation": "SPL",
          "asAcquired": true,
          "dimensions": 2,
          "grid": {"kind": "source"},
          "outside": {"kind": "edge"}
        },
        "windows": {"kind": "whole", "multiple": 1, "padding": 0},
        "output": {"tensor": "logits", "activation": "SOFTMAX", "channels": 2},
        "labels": {
          "name": "slices",
          "version": 1,
          "segments": [
            {
              "channel": 1,
              "segment": {
                "number": 1,
                "label": "Bright",
                "category": {"value": "123037004", "scheme": "SCT", "meaning": "Anatomical Structure"},
                "type": {"value": "10200004", "scheme": "SCT", "meaning": "Liver"},
                "colour": "#dd8265"
              }
            }
          ]
        }
      }
      """;

  private SlicePackage() {}

  /**
   * Makes one that marks what is above a threshold.
   *
   * @param admits as in a manifest, with quotes
   */
  static void make(Path models, String modality, float threshold, String admits)
      throws IOException {
    String name = modality.toLowerCase(java.util.Locale.ROOT);
    Path folder = Files.createDirectories(models.resolve("slices-" + name).resolve("1.0.0"));
    Files.write(folder.resolve(ModelManifest.MODEL_FILE), SmallNetwork.ofSlices(threshold));
    Files.writeString(
        folder.resolve(ModelPackage.MANIFEST_FILE),
        MANIFEST.replace("NAME", name).replace("MODALITY", modality).replace("ADMITS", admits));
    PackageSealing.seal(folder);
  }
}
