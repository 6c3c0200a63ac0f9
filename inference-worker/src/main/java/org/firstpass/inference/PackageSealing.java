package org.firstpass.inference;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.firstpass.failure.Defect;
import org.firstpass.failure.ReasonCode;
import org.firstpass.model.GoldenCase;
import org.firstpass.model.GridSpec;
import org.firstpass.model.ManifestJson;
import org.firstpass.model.ModelManifest;
import org.firstpass.model.ModelPackage;
import org.firstpass.model.NpyArray;
import org.firstpass.model.WindowSpec;

/**
 * Turns a folder with its graphs and a draft {@code manifest.json} into a package: records a golden
 * case if the draft names none, and writes the digests, those of weights that lie beside the graphs
 * among them.
 */
public final class PackageSealing {
  private static final long SEED = 20_261_101L;
  private static final int WHOLE_EDGE = 32;
  private static final double TOLERANCE = 1e-3;
  private static final String INPUT = "golden/input.npy.gz";
  private static final String OUTPUT = "golden/output.npy.gz";
  private static final String FINDINGS = "golden/findings.npy.gz";

  private final Path folder;
  private final ModelManifest draft;
  private final List<GraphFile> graphs;

  private PackageSealing(Path folder, ModelManifest draft) {
    this.folder = folder;
    this.draft = draft;
    this.graphs =
        draft.networkFiles().stream().map(file -> GraphFile.read(folder.resolve(file))).toList();
  }

  /**
   * Seals the package in a folder.
   *
   * @throws Defect with {@link ReasonCode#PACKAGE_INVALID} if draft and graphs do not match
   */
  public static ModelPackage seal(Path folder) {
    try {
      ModelManifest draft =
          ManifestJson.read(Files.readAllBytes(folder.resolve(ModelPackage.MANIFEST_FILE)));
      ModelPackage sealed = new PackageSealing(folder, draft).seal();
      PackageVerification verification = PackageVerification.of(sealed);
      if (!verification.passed()) {
        throw new Defect(ReasonCode.PACKAGE_INVALID, verification.failures());
      }
      return sealed;
    } catch (IOException e) {
      throw new Defect(ReasonCode.PACKAGE_INVALID, "cannot seal " + folder, e);
    }
  }

  private ModelPackage seal() throws IOException {
    Set<String> weights = new TreeSet<>();
    for (GraphFile graph : graphs) {
      graph.requireKnownOperators(draft.label());
      for (String external : graph.externalFiles()) {
        weights.add(GraphFile.inPackage(folder, graph.path(), external));
      }
    }
    GoldenCase golden = draft.goldenCase().isPresent() ? draft.goldenCase().get() : record();
    return ModelPackage.seal(folder, draft, golden, weights);
  }

  private GoldenCase record() throws IOException {
    List<NetworkSession> sessions = new ArrayList<>();
    try {
      for (GraphFile graph : graphs) {
        NetworkSession session = NetworkSession.open(graph, SessionKind.cpu(1, false));
        sessions.add(session);
        TensorCheck.require(draft, session);
      }
      NpyArray input = noise(goldenShape(sessions.get(0)));
      List<NpyArray> answers = GoldenCheck.answers(draft, sessions, input);
      Files.createDirectories(folder.resolve(INPUT).getParent());
      input.write(folder.resolve(INPUT));
      answers.get(0).write(folder.resolve(OUTPUT));
      if (answers.size() == 1) {
        return new GoldenCase(INPUT, OUTPUT, TOLERANCE);
      }
      answers.get(1).write(folder.resolve(FINDINGS));
      return new GoldenCase(INPUT, OUTPUT, FINDINGS, TOLERANCE);
    } finally {
      sessions.forEach(NetworkSession::close);
    }
  }

  private static NpyArray noise(List<Integer> shape) {
    var values = new float[shape.stream().reduce(1, (a, b) -> a * b)];
    var random = new Random(SEED);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return new NpyArray(shape, values);
  }

  /** One item; in space what the graph fixes, else a window or box, else a small cube. */
  private List<Integer> goldenShape(NetworkSession session) {
    TensorShape stated = session.input(draft.input().tensor()).orElseThrow();
    List<Integer> otherwise = otherwise();
    List<Integer> shape = new ArrayList<>(List.of(1, draft.input().tensorChannels()));
    int axes = TensorCheck.space(draft).size();
    for (int axis = 0; axis < axes; axis++) {
      long length = stated.axes().get(2 + axis);
      int free = otherwise.get(otherwise.size() - axes + axis);
      shape.add(length == TensorShape.ANY ? free : Math.toIntExact(length));
    }
    return shape;
  }

  private List<Integer> otherwise() {
    if (draft.windows() instanceof WindowSpec.Sliding sliding) {
      return sliding.patch();
    }
    if (draft.input().grid() instanceof GridSpec.Box) {
      List<Long> space = TensorCheck.space(draft);
      if (!space.contains(TensorShape.ANY)) {
        return space.stream().map(Math::toIntExact).toList();
      }
    }
    int multiple = draft.windows() instanceof WindowSpec.Whole whole ? whole.multiple() : 1;
    int edge = (WHOLE_EDGE + multiple - 1) / multiple * multiple;
    return List.of(edge, edge, edge);
  }
}
