package org.firstpass.worker;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.firstpass.event.EventJson;
import org.firstpass.event.ModelStateChanged;
import org.firstpass.failure.Defect;
import org.firstpass.failure.ReasonCode;
import org.firstpass.inference.LoadedNetwork;
import org.firstpass.model.ModelPackage;
import org.firstpass.model.ModelStates;
import org.firstpass.model.ServedPackages;
import org.jspecify.annotations.Nullable;

/**
 * One version of a package in this process, as {@code /models} tells it.
 *
 * @param folder where it comes from
 * @param name null if its manifest cannot be read
 * @param state what it does: registered, shadow, canary, serving, retired; refused or quarantined
 *     if it does nothing here
 * @param share of the studies, if it is a canary
 * @param decidedBy who decided its state, null if nobody did
 * @param reason why it does nothing here, null if it does
 * @param device on which it is loaded, null if it is not
 * @param secondsPerMegavoxel of the network's grid, null if not known
 * @param nativeBytes that the windows of one series take beside the heap, null if not measured
 * @param failuresInARow series on which it failed, since one on which it did not
 */
record PackageStatus(
    String folder,
    @Nullable String name,
    @Nullable String version,
    @Nullable String digest,
    String state,
    @Nullable Double share,
    @Nullable String decidedBy,
    @Nullable String reason,
    @Nullable String device,
    @Nullable Double secondsPerMegavoxel,
    @Nullable Long nativeBytes,
    int failuresInARow) {

  static PackageStatus of(
      ShelvedPackage shelved,
      ServedPackages.@Nullable Version version,
      ModelStates states,
      PackageLoading loading) {
    String folder = shelved.folder().folder().toString();
    ModelPackage model = shelved.model();
    String refusal = shelved.refusal();
    if (model == null) {
      return new PackageStatus(
          folder, null, null, null, "refused", null, null, refusal, null, null, null, 0);
    }
    Optional<ModelStateChanged> decision =
        states.of(model.manifest().name(), model.manifest().version());
    HeldNetwork held = shelved.network();
    Optional<LoadedNetwork> network = Optional.ofNullable(held).map(HeldNetwork::network);
    return new PackageStatus(
        folder,
        model.manifest().name(),
        model.manifest().version(),
        model.digest().hex(),
        state(shelved, version),
        decision.filter(each -> each.share() > 0).map(ModelStateChanged::share).orElse(null),
        decision
            .filter(ModelStateChanged::decidedByAPerson)
            .map(ModelStateChanged::decidedBy)
            .orElse(null),
        refusal,
        network.map(each -> each.device().label()).orElse(null),
        network
            .flatMap(each -> loading.costs().secondsPerMegavoxel(model.reference(), each.device()))
            .orElse(null),
        network.flatMap(loading::nativeBytes).orElse(null),
        shelved.failuresInARow());
  }

  /** As {@code /models} answers. */
  static String json(List<PackageStatus> all) {
    try {
      return EventJson.mapper().writeValueAsString(all);
    } catch (JsonProcessingException e) {
      throw new Defect(ReasonCode.UNEXPECTED, "cannot write how packages are", e);
    }
  }

  private static String state(ShelvedPackage shelved, ServedPackages.@Nullable Version version) {
    if (shelved.quarantine() != null) {
      return "quarantined";
    }
    if (version == null || shelved.refusal() != null) {
      return "refused";
    }
    return version.state().name().toLowerCase(Locale.ROOT);
  }
}
