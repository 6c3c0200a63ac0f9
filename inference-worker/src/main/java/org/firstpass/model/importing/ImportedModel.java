package org.firstpass.model.importing;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.firstpass.model.ModelManifest;

/**
 * A foreign model as a package to be: a draft of the manifest, and the graphs that it names.
 *
 * @param draft without digests and golden case
 * @param graphs where they lie now, in the order of {@code draft.networkFiles()}
 */
public record ImportedModel(ModelManifest draft, List<Path> graphs, ImportNotes notes) {
  public ImportedModel {
    graphs = List.copyOf(graphs);
    if (graphs.size() != draft.networkFiles().size()) {
      throw new IllegalArgumentException(
          "a draft of " + draft.networkFiles() + " has as many graphs, but got " + graphs);
    }
  }

  /** The paths in a package of so many graphs; empty for one, which is {@code model.onnx}. */
  public static List<String> networkFiles(List<Path> graphs) {
    if (graphs.size() == 1) {
      return List.of();
    }
    List<String> names = graphs.stream().map(graph -> String.valueOf(graph.getFileName())).toList();
    if (names.stream().distinct().count() == names.size()) {
      return names;
    }
    return IntStream.range(0, names.size())
        .mapToObj(index -> "network_" + index + ".onnx")
        .toList();
  }
}
