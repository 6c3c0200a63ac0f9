package org.firstpass.worker;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.firstpass.event.ModelState;
import org.firstpass.event.PackageReference;
import org.firstpass.model.Cascades;
import org.firstpass.model.ModelPackage;
import org.firstpass.model.ModelStates;
import org.firstpass.model.ServedPackages;

/**
 * What is to be made of the packages on a shelf.
 *
 * @param served which version does what
 * @param needed what a series can meet without naming it, so that it has to be in memory before
 * @param hindrances what keeps packages from being served that are sound themselves
 */
record ShelfPlan(
    ServedPackages served, Set<ModelPackage> needed, Map<PackageReference, String> hindrances) {

  /** Of two folders with one version the first counts, as folders are given. */
  static ShelfPlan of(List<ShelvedPackage> shelved, PackagesConfig config, ModelStates states) {
    Map<PackageReference, String> hindrances = new HashMap<>();
    Set<String> labels = new LinkedHashSet<>();
    List<ModelPackage> able = new ArrayList<>();
    for (ShelvedPackage each : shelved) {
      ModelPackage model = each.model();
      if (model == null || each.fault() != null || each.quarantine() != null) {
        continue;
      }
      config
          .against(model.manifest())
          .ifPresent(reason -> hindrances.put(model.reference(), reason));
      if (!hindrances.containsKey(model.reference()) && labels.add(model.label())) {
        able.add(model);
      }
    }
    hindrances.putAll(Cascades.refusals(able));
    able.removeIf(model -> hindrances.containsKey(model.reference()));
    ServedPackages served = ServedPackages.of(able, states);
    return new ShelfPlan(served, needed(served), hindrances);
  }

  private static Set<ModelPackage> needed(ServedPackages served) {
    Set<ModelPackage> needed = new LinkedHashSet<>();
    served.versions().stream()
        .filter(
            each ->
                each.state() == ModelState.SERVING
                    || each.state() == ModelState.CANARY
                    || each.state() == ModelState.SHADOW)
        .map(ServedPackages.Version::model)
        .forEach(needed::add);
    for (ModelPackage each : List.copyOf(needed)) {
      Cascades.coarseOf(each)
          .filter(coarse -> coarse.version() != null)
          .flatMap(coarse -> served.find(coarse.model(), String.valueOf(coarse.version())))
          .ifPresent(needed::add);
    }
    return needed;
  }
}
