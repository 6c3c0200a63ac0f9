package org.firstpass.worker;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.firstpass.inference.LoadedNetwork;
import org.firstpass.model.ModelPackage;
import org.firstpass.model.ServedPackages;
import org.firstpass.study.Sha256;

/**
 * The packages as they were when a series began, held in memory until it ends: whatever is swapped
 * meanwhile, the series keeps its version. One thread at a time.
 */
final class PackageUse implements AutoCloseable {
  private final ServedPackages served;
  private final List<ModelPackage> quarantined;
  private final Opening opening;
  private final Map<Sha256, HeldNetwork> held;

  /**
   * @param quarantined those that failed here too often and are given nothing
   * @param held by digest; this takes them over
   */
  PackageUse(
      ServedPackages served,
      List<ModelPackage> quarantined,
      Map<Sha256, HeldNetwork> held,
      Opening opening) {
    this.served = served;
    this.quarantined = List.copyOf(quarantined);
    this.held = new HashMap<>(held);
    this.opening = opening;
  }

  /** Brings a package into memory that was not when the series began; held by the caller. */
  interface Opening {
    HeldNetwork open(ModelPackage model);
  }

  ServedPackages served() {
    return served;
  }

  List<ModelPackage> quarantined() {
    return quarantined;
  }

  /**
   * The network of one of the packages.
   *
   * @throws org.firstpass.failure.Defect if it cannot be loaded
   */
  LoadedNetwork network(ModelPackage model) {
    HeldNetwork known = held.get(model.digest());
    if (known == null) {
      known = opening.open(model);
      held.put(model.digest(), known);
    }
    return known.network();
  }

  @Override
  public void close() {
    held.values().forEach(HeldNetwork::letGo);
    held.clear();
  }
}
