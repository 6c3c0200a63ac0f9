package org.firstpass.training.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.firstpass.model.ModelManifest;

/**
 * Along which axes a case may be mirrored: those over which the package mirrors its input when it
 * is used, but never from left to right if a segment has a side.
 */
public final class Laterality {
  private static final Set<String> SIDES = Set.of("7771000", "24028007", "272741003");

  private Laterality() {}

  public static List<Integer> mirrored(ModelManifest manifest) {
    List<Integer> axes = new ArrayList<>(manifest.windows().mirror());
    boolean sided =
        manifest.labels().segments().stream()
            .flatMap(each -> each.segment().modifier().stream())
            .anyMatch(modifier -> SIDES.contains(modifier.value()));
    if (sided) {
      axes.remove(Integer.valueOf(leftRight(manifest.input().orientation().toString())));
    }
    return axes;
  }

  /** The tensor axis that runs between left and right. */
  private static int leftRight(String orientation) {
    int left = orientation.indexOf('L');
    return left >= 0 ? left : orientation.indexOf('R');
  }
}
