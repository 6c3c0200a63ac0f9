package org.firstpass.standalone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.firstpass.inference.PackageSealing;
import org.firstpass.model.ModelManifest;
import org.firstpass.model.ModelPackage;

/**
 * A sealed package of a small network, somewhere beside the model folders.
 *
 * @param folder where it lies
 */
record SmallPackage(String name, String version, Path folder) {
  private static final String MANIFEST =
      """
      {
        "format": 1,
        "name": "NAME",
        "version": "VERSION",
        "about": {"title": "Small", "licence": "Apache-2.0", "intendedUse": "Tests only."},
        "accepts": {"modalities": ["CT"], "seriesDescription": "DESCRIPTION", "minimumSlices": 4},
        "input": {
          "tensor": "image",
          "channels": [{"name": "CT", "intensity": {"kind": "raw"}}MORE],
          "orientation": "SPL",
          "grid": {"kind": "source"},
          "outside": {"kind": "edge"}
        },
        "windows": {
          "kind": "sliding", "patch": [16, 32, 32], "overlap": 0.25, "blending": "GAUSSIAN", "padding": 0
        },
        "output": {"tensor": "logits", "activation": "SOFTMAX", "channels": 2},
        "labels": {
          "name": "small",
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

  /** Makes one for series whose description has a word. */
  static SmallPackage make(Path root, String name, String version, String word, byte[] network)
      throws IOException {
    return make(root, name, version, word, network, "");
  }

  /**
   * Makes one with a second channel, taken from the series of the study whose description has
   * another word.
   */
  static SmallPackage ofTwo(
      Path root, String name, String firstWord, String secondWord, byte[] network)
      throws IOException {
    String second =
        """
        , {"name": "late", "intensity": {"kind": "raw"},
           "series": {"modalities": ["CT"], "seriesDescription": "%s", "minimumSlices": 4}}\
        """
            .formatted(secondWord);
    return make(root, name, "1.0.0", firstWord, network, second);
  }

  private static SmallPackage make(
      Path root, String name, String version, String word, byte[] network, String moreChannels)
      throws IOException {
    Path folder = Files.createDirectories(root.resolve(name).resolve(version));
    Files.write(folder.resolve(ModelManifest.MODEL_FILE), network);
    Files.writeString(
        folder.resolve(ModelPackage.MANIFEST_FILE),
        MANIFEST
            .replace("NAME", name)
            .replace("VERSION", version)
            .replace("DESCRIPTION", word)
            .replace("MORE", moreChannels));
    PackageSealing.seal(folder);
    return new SmallPackage(name, version, folder);
  }

  /** Copies it into a model folder as people do: file by file, whatever comes first. */
  void copyTo(Path models) throws IOException {
    List<Path> files;
    try (Stream<Path> tree = Files.walk(folder)) {
      files = tree.filter(Files::isRegularFile).sorted().toList();
    }
    for (Path file : files) {
      Path target =
          models.resolve(name).resolve(version).resolve(folder.relativize(file).toString());
      Files.createDirectories(parent(target));
      Files.copy(file, target);
    }
  }

  private static Path parent(Path file) {
    Path parent = file.getParent();
    if (parent == null) {
      throw new UncheckedIOException(new IOException(file + " lies nowhere"));
    }
    return parent;
  }
}
