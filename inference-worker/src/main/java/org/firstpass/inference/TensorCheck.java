package org.firstpass.inference;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.firstpass.failure.Defect;
import org.firstpass.failure.ReasonCode;
import org.firstpass.model.FindingSpec;
import org.firstpass.model.GridSpec;
import org.firstpass.model.ModelManifest;
import org.firstpass.model.OutputSpec.Activation;
import org.firstpass.model.WindowSpec;

/**
 * Whether a graph's tensors are those that the manifest states: names, element types, axes. Of a
 * 3-D network (N, channels, D, H, W), of a 2-D one (N, channels, H, W).
 */
final class TensorCheck {
  private static final int VOLUME_AXES = 3;

  private final ModelManifest manifest;
  private final NetworkSession session;
  private final List<Long> space;

  private TensorCheck(ModelManifest manifest, NetworkSession session) {
    this.manifest = manifest;
    this.session = session;
    this.space = space(manifest);
  }

  /**
   * Refuses a graph whose tensors are not those of the manifest; else says what they are.
   *
   * @throws Defect with {@link ReasonCode#PACKAGE_INVALID}: the field, what it asks for, what the
   *     graph has
   */
  static String require(ModelManifest manifest, NetworkSession session) {
    var check = new TensorCheck(manifest, session);
    List<String> tensors = new ArrayList<>();
    tensors.add(check.input());
    check.output().ifPresent(tensors::add);
    check.findings().ifPresent(tensors::add);
    return String.join(", ", tensors);
  }

  /**
   * The lengths of D, H, W, or of H, W for a 2-D network, where the manifest fixes them; {@link
   * TensorShape#ANY} where they depend on the series.
   */
  static List<Long> space(ModelManifest manifest) {
    List<Long> lengths = lengths(manifest);
    return manifest.input().seesSlices() ? lengths.subList(1, VOLUME_AXES) : lengths;
  }

  private static List<Long> lengths(ModelManifest manifest) {
    if (manifest.windows() instanceof WindowSpec.Sliding sliding) {
      return sliding.patch().stream().map(Integer::longValue).toList();
    }
    List<Integer> fixed = List.of();
    if (manifest.input().crop() == null) {
      if (manifest.input().grid() instanceof GridSpec.Box box) {
        fixed = box.size();
      } else if (manifest.input().grid() instanceof GridSpec.Conformed conformed) {
        fixed = conformed.size();
      }
    }
    if (fixed.isEmpty()) {
      return List.of(TensorShape.ANY, TensorShape.ANY, TensorShape.ANY);
    }
    int multiple = manifest.windows() instanceof WindowSpec.Whole whole ? whole.multiple() : 1;
    return fixed.stream().map(length -> padded(length, multiple)).toList();
  }

  private static long padded(int length, int multiple) {
    return (long) (length + multiple - 1) / multiple * multiple;
  }

  private String input() {
    String name = manifest.input().tensor();
    Set<String> names = session.inputs();
    if (!names.contains(name)) {
      throw invalid("the graph has no input '" + name + "', it has " + names);
    }
    if (names.size() > 1) {
      throw invalid(
          "the graph must have the one input '"
              + name
              + "', but has "
              + names
              + ", which nobody"
              + " would fill");
    }
    TensorShape found = present(session.input(name), "input '" + name + "' is no tensor");
    List<Long> wanted = wanted(manifest.input().tensorChannels());
    if (found.element() != TensorShape.Element.FLOAT32 || !accepts(found, wanted)) {
      throw invalid("input '" + name + "' must be FLOAT32" + text(wanted) + ", is " + found);
    }
    requireBatch(name, found);
    requireFree(name, found);
    return name + " " + found;
  }

  /** A graph that takes one window at a time, or any number of them. */
  private void requireBatch(String name, TensorShape found) {
    long stated = found.axes().get(0);
    int batch =
        manifest.windows() instanceof WindowSpec.Sliding sliding ? sliding.effectiveBatch() : 1;
    if (stated == TensorShape.ANY || (stated == 1 && batch == 1)) {
      return;
    }
    throw invalid(
        "input '"
            + name
            + "' takes "
            + stated
            + " at once, so windows.batch "
            + batch
            + " cannot be; export the graph with a first axis that is "
            + (batch == 1 ? "1 or free" : "free"));
  }

  /** Where series differ in size a graph of one size fails at the first other one. */
  private void requireFree(String name, TensorShape found) {
    if (manifest.input().crop() != null) {
      return;
    }
    for (int axis = 0; axis < space.size(); axis++) {
      if (space.get(axis) == TensorShape.ANY && found.axes().get(2 + axis) != TensorShape.ANY) {
        throw invalid(
            "input '"
                + name
                + "' is "
                + found
                + ", but input.grid gives every series its own size; export it with free axes, or"
                + " use windows of kind sliding");
      }
    }
  }

  private Optional<String> output() {
    if (!manifest.segments()) {
      return Optional.empty();
    }
    String name = manifest.output().tensor();
    TensorShape found = output(name);
    boolean decided = manifest.output().activation() == Activation.ARGMAX;
    List<Long> wanted = wanted(decided ? 1 : manifest.output().channels());
    List<Long> withoutChannels = new ArrayList<>(wanted);
    withoutChannels.remove(1);
    boolean fits = accepts(found, wanted) || (decided && accepts(found, withoutChannels));
    boolean typed =
        found.element() == TensorShape.Element.FLOAT32
            || (decided && found.element() == TensorShape.Element.INT64);
    if (!fits || !typed) {
      throw invalid(
          "output '"
              + name
              + "' must be FLOAT32"
              + (decided ? " or INT64" : "")
              + text(wanted)
              + ", is "
              + found);
    }
    return Optional.of(name + " " + found);
  }

  private Optional<String> findings() {
    FindingSpec spec = manifest.findings();
    if (spec == null) {
      return Optional.empty();
    }
    TensorShape found = output(spec.tensor());
    FindingScores.requireClasses(spec, found);
    return Optional.of(spec.tensor() + " " + found);
  }

  private TensorShape output(String name) {
    Set<String> names = session.outputs();
    if (!names.contains(name)) {
      throw invalid("the graph has no output '" + name + "', it has " + names);
    }
    return present(session.output(name), "output '" + name + "' is no tensor");
  }

  private List<Long> wanted(long channels) {
    List<Long> wanted = new ArrayList<>(List.of(TensorShape.ANY, channels));
    wanted.addAll(space);
    return wanted;
  }

  private static boolean accepts(TensorShape found, List<Long> wanted) {
    return found.accepts(wanted.stream().mapToLong(Long::longValue).toArray());
  }

  private TensorShape present(Optional<TensorShape> shape, String otherwise) {
    return shape.orElseThrow(() -> invalid(otherwise));
  }

  private Defect invalid(String finding) {
    return new Defect(ReasonCode.PACKAGE_INVALID, manifest.label() + ": " + finding);
  }

  /** A shape in words, with the 1 that the first axis has when one window is asked for. */
  private static String text(List<Long> wanted) {
    List<Long> shape = new ArrayList<>(wanted);
    shape.set(0, 1L);
    return new TensorShape(TensorShape.Element.OTHER, shape)
        .toString()
        .substring(TensorShape.Element.OTHER.name().length());
  }
}
