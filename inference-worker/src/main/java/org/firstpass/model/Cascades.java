package org.firstpass.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.firstpass.event.PackageReference;
import org.firstpass.model.LabelSpec.LabelledChannel;

/**
 * Packages whose crop is what another one finds, and whether that other one is there: before
 * anything runs, so that no series meets a circle.
 */
public final class Cascades {
  private Cascades() {}

  /** The package that runs before this one, if there is one. */
  public static Optional<CropSpec.Coarse> coarseOf(ModelPackage model) {
    return model.manifest().input().crop() instanceof CropSpec.Coarse coarse
        ? Optional.of(coarse)
        : Optional.empty();
  }

  /**
   * Why packages cannot run because of what has to run before them; empty for all that can.
   *
   * @param packages that can run otherwise
   */
  public static Map<PackageReference, String> refusals(Collection<ModelPackage> packages) {
    var refused = new LinkedHashMap<PackageReference, String>();
    List<ModelPackage> left = new ArrayList<>(packages);
    int before;
    // One that goes may take others with it.
    do {
      before = left.size();
      List<ModelPackage> able = List.copyOf(left);
      for (ModelPackage each : able) {
        refusal(each, able).ifPresent(reason -> refused.put(each.reference(), reason));
      }
      left.removeIf(each -> refused.containsKey(each.reference()));
    } while (left.size() < before);
    return refused;
  }

  /**
   * Why a package cannot be the coarse one of another, if it cannot.
   *
   * @param fine whose crop it would be
   */
  public static Optional<String> unfit(ModelPackage coarse, ModelPackage fine) {
    int channels = coarse.manifest().input().channels().size();
    int given = fine.manifest().input().channels().size();
    if (!coarse.manifest().segments()) {
      return Optional.of("input.crop.model " + coarse.label() + " marks no voxels");
    }
    if (channels != 1 && channels != given) {
      return Optional.of(
          "input.crop.model "
              + coarse.label()
              + " must have 1 channel or "
              + given
              + ", but has "
              + channels);
    }
    List<Integer> numbers =
        coarse.manifest().labels().segments().stream()
            .map(LabelledChannel::segment)
            .map(segment -> segment.number())
            .toList();
    return coarseOf(fine).stream()
        .flatMap(crop -> crop.segments().stream())
        .filter(number -> !numbers.contains(number))
        .findFirst()
        .map(
            number -> "input.crop.segments has " + number + ", which " + coarse.label() + " lacks");
  }

  private static Optional<String> refusal(ModelPackage fine, List<ModelPackage> all) {
    if (coarseOf(fine).isEmpty()) {
      return Optional.empty();
    }
    if (reaches(fine, fine, all, new HashSet<>())) {
      return Optional.of("input.crop.model leads back to " + fine.label() + " itself");
    }
    List<ModelPackage> candidates = candidates(fine, all);
    if (candidates.isEmpty()) {
      CropSpec.Coarse crop = coarseOf(fine).get();
      String version = crop.version() == null ? "" : " " + crop.version();
      return Optional.of(
          "input.crop.model needs package " + crop.model() + version + ", which does not run here");
    }
    boolean fits = candidates.stream().anyMatch(coarse -> unfit(coarse, fine).isEmpty());
    return fits ? Optional.empty() : unfit(candidates.get(0), fine);
  }

  private static boolean reaches(
      ModelPackage from, ModelPackage target, List<ModelPackage> all, Set<ModelPackage> seen) {
    for (ModelPackage next : candidates(from, all)) {
      if (next.equals(target) || seen.add(next) && reaches(next, target, all, seen)) {
        return true;
      }
    }
    return false;
  }

  /** Without a version any may turn out to be the one that is served. */
  private static List<ModelPackage> candidates(ModelPackage fine, List<ModelPackage> all) {
    return coarseOf(fine)
        .map(
            crop ->
                all.stream()
                    .filter(each -> each.manifest().name().equals(crop.model()))
                    .filter(
                        each ->
                            crop.version() == null
                                || each.manifest().version().equals(crop.version()))
                    .toList())
        .orElse(List.of());
  }
}
