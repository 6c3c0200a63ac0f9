package org.firstpass.worker;

import org.firstpass.model.ModelPackage;
import org.firstpass.model.PackageFolder;
import org.jspecify.annotations.Nullable;

/**
 * A package folder and what this process makes of it. Guarded by the {@link PackageShelf} that has
 * it.
 */
final class ShelvedPackage {
  private PackageFolder folder;
  private final @Nullable ModelPackage model;
  private final @Nullable String fault;
  private @Nullable String hindrance;
  private @Nullable String quarantine;
  private int failuresInARow;
  private @Nullable HeldNetwork network;

  private ShelvedPackage(
      PackageFolder folder, @Nullable ModelPackage model, @Nullable String fault) {
    this.folder = folder;
    this.model = model;
    this.fault = fault;
  }

  /** One that passed everything that is looked at. */
  static ShelvedPackage sound(PackageFolder folder, ModelPackage model) {
    return new ShelvedPackage(folder, model, null);
  }

  /** One that did not, for as long as its files stay as they are. */
  static ShelvedPackage faulty(PackageFolder folder, @Nullable ModelPackage model, String fault) {
    return new ShelvedPackage(folder, model, fault);
  }

  PackageFolder folder() {
    return folder;
  }

  /** Its files were touched, and are what they were. */
  void touched(PackageFolder looks) {
    folder = looks;
  }

  /** Null if its manifest cannot be read. */
  @Nullable ModelPackage model() {
    return model;
  }

  /** What is wrong with it itself, null if nothing is. */
  @Nullable String fault() {
    return fault;
  }

  /** What other packages or settings keep it from being served, null if nothing does. */
  @Nullable String hindrance() {
    return hindrance;
  }

  void hinder(@Nullable String reason) {
    hindrance = reason;
  }

  /** Why it is in quarantine, null if it is not. */
  @Nullable String quarantine() {
    return quarantine;
  }

  void quarantine(String reason) {
    quarantine = reason;
  }

  /** Why it is not served here, null if it is. */
  @Nullable String refusal() {
    if (fault != null) {
      return fault;
    }
    return quarantine != null ? quarantine : hindrance;
  }

  /** One failure more, and how many it has had in a row. */
  int failed() {
    return ++failuresInARow;
  }

  void worked() {
    failuresInARow = 0;
  }

  int failuresInARow() {
    return failuresInARow;
  }

  /** Null if it is not in memory. */
  @Nullable HeldNetwork network() {
    return network;
  }

  void load(HeldNetwork loaded) {
    network = loaded;
  }

  /** Takes it out of the memory of this process as soon as nobody runs it any more. */
  void unload() {
    HeldNetwork held = network;
    network = null;
    if (held != null) {
      held.letGo();
    }
  }
}
