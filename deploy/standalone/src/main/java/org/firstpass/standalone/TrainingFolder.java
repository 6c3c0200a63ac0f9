package org.firstpass.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where a training lies while it is under way. It stays when the training is stopped, so that the
 * same command goes on, and goes when its package is taken.
 *
 * @param root of this training alone
 */
record TrainingFolder(Path root) {
  static TrainingFolder of(StateFolder state, String name, String version) {
    return new TrainingFolder(state.trainings().resolve(name + "-" + version));
  }

  /** Beside it, so that it stays when the folder is cleared. */
  Path lock() {
    return root.resolveSibling(root.getFileName() + ".lock");
  }

  /** What was exported for this training. */
  Path exported() {
    return root.resolve("exported");
  }

  /** What the trainer sees of the data set. */
  Path dataset() {
    return root.resolve("dataset");
  }

  /** The package that the trainer makes. */
  Path output() {
    return root.resolve("package");
  }

  /** What the trainer tells people. */
  Path log() {
    return root.resolve("trainer.log");
  }

  /**
   * Makes ready for a training: goes on with what the same one left, and removes what another one
   * left, but not what was exported.
   *
   * @param what tells this training from others
   */
  void begin(String what, TrainingDataset data) throws IOException {
    Files.createDirectories(root);
    Path note = root.resolve("training");
    if (!Files.exists(note) || !Files.readString(note).equals(what)) {
      List<Path> left;
      try (Stream<Path> all = Files.list(root)) {
        left = all.filter(each -> !each.equals(exported())).toList();
      }
      for (Path each : left) {
        delete(each);
      }
      Files.writeString(note, what);
    }
    if (!data.isShownAt(dataset())) {
      delete(dataset());
      data.showAt(dataset());
    }
  }

  /** Keeps a package that was not taken for a look, so that the next training has room. */
  void setAside() throws IOException {
    Path refused = root.resolve("refused-package");
    if (Files.exists(output())) {
      delete(refused);
      Files.move(output(), refused);
    }
  }

  void delete() throws IOException {
    delete(root);
  }

  static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> tree = Files.walk(folder)) {
      for (Path each : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }
}
