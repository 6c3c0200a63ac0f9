package org.firstpass.standalone;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.firstpass.dataset.DatasetFormat;
import org.firstpass.dataset.split.Split;
import org.firstpass.standalone.TrainingRefused.Reason;
import org.firstpass.study.Sha256;

/**
 * An exported data set as a trainer is shown it: everything but the test side, which nothing that
 * is trained may have seen.
 */
final class TrainingDataset {
  static final String MANIFEST = "manifest.json";
  private static final String CHECKSUMS = "SHA256SUMS";

  private final Path folder;
  private final byte[] manifest;
  private final JsonNode json;

  private TrainingDataset(Path folder, byte[] manifest, JsonNode json) {
    this.folder = folder;
    this.manifest = manifest;
    this.json = json;
  }

  /**
   * The data set in a folder.
   *
   * @throws TrainingRefused if there is none that can be trained with
   */
  static TrainingDataset in(Path folder) {
    try {
      byte[] manifest = Files.readAllBytes(folder.resolve(MANIFEST));
      var dataset = new TrainingDataset(folder, manifest, new ObjectMapper().readTree(manifest));
      dataset.requireFit();
      return dataset;
    } catch (IOException e) {
      throw new TrainingRefused(
          Reason.DATASET_UNKNOWN, folder + " has no manifest.json of a data set", e);
    }
  }

  private void requireFit() {
    String format = json.at("/dataset/format").asText();
    if (!format.equals(DatasetFormat.NNUNET.name())) {
      throw new TrainingRefused(
          Reason.DATASET_UNFIT,
          "a data set to train with has --format nnunet, but %s has %s".formatted(folder, format));
    }
    for (Split side : List.of(Split.TRAINING, Split.VALIDATION)) {
      if (count(side) == 0) {
        throw new TrainingRefused(
            Reason.DATASET_UNFIT,
            "%s has no %s case; export again when there are more patients"
                .formatted(folder, side.name().toLowerCase(Locale.ROOT)));
      }
    }
  }

  Sha256 hash() {
    return Sha256.of(manifest);
  }

  String name() {
    return json.at("/dataset/name").asText();
  }

  long count(Split side) {
    return cases().filter(one -> one.path("split").asText().equals(side.name())).count();
  }

  private Stream<JsonNode> cases() {
    return StreamSupport.stream(json.path("cases").spliterator(), false);
  }

  /** Whether a view of this data set lies there, whole. */
  boolean isShownAt(Path view) throws IOException {
    Path shown = view.resolve(MANIFEST);
    return Files.exists(shown) && Sha256.of(Files.readAllBytes(shown)).equals(hash());
  }

  /** Lays the view there, as links where the file system has them; the manifest last. */
  void showAt(Path view) throws IOException {
    Set<Path> hidden = hidden();
    List<Path> files;
    try (Stream<Path> tree = Files.walk(folder)) {
      files = tree.filter(Files::isRegularFile).map(folder::relativize).sorted().toList();
    }
    boolean linked = linkable(view);
    for (Path file : files) {
      String path = file.toString();
      if (!hidden.contains(file) && !path.equals(MANIFEST) && !path.equals(CHECKSUMS)) {
        show(folder.resolve(file), view.resolve(path), linked);
      }
    }
    Path checksums = folder.resolve(CHECKSUMS);
    if (Files.exists(checksums)) {
      Files.writeString(view.resolve(CHECKSUMS), shownOnly(Files.readString(checksums), hidden));
    }
    Files.write(view.resolve(MANIFEST), manifest);
  }

  private Set<Path> hidden() {
    var hidden = new HashSet<Path>();
    cases()
        .filter(one -> one.path("split").asText().equals(Split.TEST.name()))
        .flatMap(one -> Stream.of("image", "label").map(kind -> one.path("files").path(kind)))
        .forEach(file -> hidden.add(Path.of(file.path("path").asText())));
    return hidden;
  }

  /** Lines are a digest, two spaces and a path. */
  private static String shownOnly(String checksums, Set<Path> hidden) {
    return checksums
        .lines()
        .filter(line -> !hidden.contains(Path.of(line.substring(line.indexOf(' ')).strip())))
        .map(line -> line + "\n")
        .collect(Collectors.joining());
  }

  private boolean linkable(Path view) throws IOException {
    Files.createDirectories(view);
    FileStore here = Files.getFileStore(folder);
    return here.equals(Files.getFileStore(view));
  }

  private static void show(Path file, Path target, boolean linked) throws IOException {
    Path parent = target.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    if (linked) {
      Files.createLink(target, file);
    } else {
      Files.copy(file, target);
    }
  }
}
