package org.firstpass.model.nnunet;

import java.util.List;
import java.util.Optional;
import org.firstpass.model.IntensitySpec;
import org.firstpass.model.importing.ImportNotes;
import org.firstpass.model.importing.ModelJson;
import org.firstpass.model.importing.Unsupported;

/**
 * nnU-Net's normalisation of a channel.
 *
 * @see <a href="https://github.com/MIC-DKFZ/nnUNet">nnU-Net v2,
 *     default_normalization_schemes.py</a>
 */
final class PlannedIntensity {
  private static final double SMALLEST_DEVIATION = 1e-8;

  private final Plans plans;
  private final ModelJson configuration;
  private final ImportNotes notes;

  PlannedIntensity(Plans plans, ModelJson configuration, ImportNotes notes) {
    this.plans = plans;
    this.configuration = configuration;
    this.notes = notes;
  }

  IntensitySpec of(int channel, String name, Optional<ModelJson> fingerprint) {
    List<String> schemes =
        configuration.elements("normalization_schemes").stream()
            .map(scheme -> scheme.asText())
            .toList();
    if (channel >= schemes.size()) {
      throw Unsupported.malformed(
          configuration.toString(),
          "normalization_schemes has " + schemes + ", but there is a channel " + channel);
    }
    String scheme = schemes.get(channel);
    notes.decided("intensity of channel " + channel + " '" + name + "'", scheme + " of the plans");
    return switch (scheme) {
      case "CTNormalization" -> clipped(statistics(channel, fingerprint));
      case "ZScoreNormalization" -> score(channel);
      case "NoNormalization" -> new IntensitySpec.Raw();
      case "RescaleTo01Normalization" -> new IntensitySpec.Percentiles(0, 100, false);
      default ->
          throw Unsupported.because(
              "normalization_schemes " + scheme, "no intensity rule of a manifest does the same");
    };
  }

  private ModelJson statistics(int channel, Optional<ModelJson> fingerprint) {
    if (plans.hasIntensities()) {
      return plans.intensities(channel);
    }
    return fingerprint
        .orElseThrow(
            () ->
                Unsupported.malformed(
                    "the plans",
                    "have no foreground_intensity_properties; give dataset_fingerprint.json too"))
        .part("foreground_intensity_properties_per_channel")
        .part(Integer.toString(channel));
  }

  private static IntensitySpec clipped(ModelJson statistics) {
    return new IntensitySpec.ZScore(
        statistics.number("mean"),
        Math.max(statistics.number("std"), SMALLEST_DEVIATION),
        statistics.number("percentile_00_5"),
        statistics.number("percentile_99_5"));
  }

  private IntensitySpec score(int channel) {
    boolean masked =
        configuration.has("use_mask_for_norm")
            && configuration.elements("use_mask_for_norm").get(channel).asBoolean();
    if (masked) {
      notes.decided(
          "nonZero of channel " + channel,
          "use_mask_for_norm; with crop non-zero it is nnU-Net's mask: the outline of what is not 0"
              + " in any channel, holes filled");
    }
    return new IntensitySpec.ZScore(null, null, null, null, masked ? true : null);
  }
}
