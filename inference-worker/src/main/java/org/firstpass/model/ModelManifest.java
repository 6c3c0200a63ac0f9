package org.firstpass.model;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.firstpass.model.OutputSpec.Activation;
import org.firstpass.study.Sha256;
import org.jspecify.annotations.Nullable;

/**
 * What a package states of itself: {@code manifest.json}.
 *
 * <p>Everything that the network's training fixed is here, so that nothing is guessed at run time:
 * how a volume becomes its input, how its output becomes segments, and what may be asked of it.
 *
 * @param format version of this format, {@link #FORMAT}
 * @param about what it is, whose it is and what it is for
 * @param accepts which series it may be given
 * @param findings a classification head, null if there is none
 * @param networks the graphs of an ensemble, paths in the package; {@link #MODEL_FILE} if empty
 * @param calibration how far its doubt can be trusted, null if that is not known
 * @param needs what a machine must have, null if not stated
 * @param files SHA-256 of each file that counts, by its path in the package; empty in a draft
 * @param golden an input with its output, null in a draft
 */
public record ModelManifest(
    int format,
    String name,
    String version,
    Provenance about,
    Applicability accepts,
    InputSpec input,
    WindowSpec windows,
    OutputSpec output,
    LabelSpec labels,
    @Nullable FindingSpec findings,
    List<String> networks,
    @Nullable CalibrationSpec calibration,
    @Nullable NeedsSpec needs,
    Map<String, Sha256> files,
    @Nullable GoldenCase golden) {
  /** The only version of the format that this build reads. */
  public static final int FORMAT = 1;

  public static final String MODEL_FILE = "model.onnx";

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
  private static final Pattern VERSION = Pattern.compile("[0-9]+\\.[0-9]+\\.[0-9]+(-[0-9a-z.]+)?");

  public ModelManifest {
    if (format != FORMAT) {
      throw new IllegalArgumentException(
          "manifest format must be " + FORMAT + ", but is " + format);
    }
    Requirement.matches("name", name, NAME);
    Requirement.matches("version", version, VERSION);
    Requirement.present("about", about);
    Requirement.present("accepts", accepts);
    Requirement.present("input", input);
    Requirement.present("windows", windows);
    Requirement.present("output", output);
    Requirement.present("labels", labels);
    Requirement.that(
        output.activation() != Activation.NONE || findings != null,
        "a package has an output for voxels, or findings, or both");
    networks = Requirement.list("networks", networks);
    files = files == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(files));
    labels.requireChannelsOf(output);
    ManifestCoherence.requireNetworks(networks);
    ManifestCoherence.requireNoCircle(name, version, input.crop());
    ManifestCoherence.requireWindowsOf(input, windows);
    ManifestCoherence.requireImagesOf(accepts, input, labels);
    ManifestCoherence.requireCalibrationOf(output, calibration);
    ManifestCoherence.requireOwnTensors(output, findings);
  }

  /** A package of one network without a classification head. */
  public ModelManifest(
      int format,
      String name,
      String version,
      Provenance about,
      Applicability accepts,
      InputSpec input,
      WindowSpec windows,
      OutputSpec output,
      LabelSpec labels,
      Map<String, Sha256> files,
      @Nullable GoldenCase golden) {
    this(
        format, name, version, about, accepts, input, windows, output, labels, null, List.of(),
        null, null, files, golden);
  }

  /** This manifest with other digests and another golden case: what a package is sealed with. */
  public ModelManifest sealedWith(GoldenCase goldenCase, Map<String, Sha256> digests) {
    return new ModelManifest(
        format,
        name,
        version,
        about,
        accepts,
        input,
        windows,
        output,
        labels,
        findings,
        networks,
        calibration,
        needs,
        digests,
        goldenCase);
  }

  /** Whether the package marks voxels; otherwise it has findings for the whole image only. */
  public boolean segments() {
    return output.activation() != Activation.NONE;
  }

  /** The graphs of the package, whose values are averaged: one, or the members of an ensemble. */
  public List<String> networkFiles() {
    return networks.isEmpty() ? List.of(MODEL_FILE) : networks;
  }

  /** The golden case, which every package that is not a draft has. */
  public Optional<GoldenCase> goldenCase() {
    return Optional.ofNullable(golden);
  }

  /** Name and version, as people say it. */
  public String label() {
    return name + " " + version;
  }
}
