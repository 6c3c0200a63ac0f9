package org.firstpass.model;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.firstpass.event.PackageReference;
import org.firstpass.failure.Defect;
import org.firstpass.failure.ReasonCode;
import org.firstpass.study.Sha256;

/**
 * One version of a model on disk: {@code <name>/<version>/{manifest.json, model.onnx,
 * model-card.md, golden/}}.
 *
 * @param digest over the manifest, which in turn has the digest of every file that counts
 */
public record ModelPackage(Path folder, ModelManifest manifest, Sha256 digest) {
  public static final String MANIFEST_FILE = "manifest.json";

  private static final int BLOCK = 1 << 16;

  /**
   * Reads the package in a folder and checks every file against its digest.
   *
   * @throws Defect with {@link ReasonCode#PACKAGE_INVALID} if the manifest does not hold
   */
  public static ModelPackage load(Path folder) {
    byte[] json;
    try {
      json = Files.readAllBytes(folder.resolve(MANIFEST_FILE));
    } catch (IOException e) {
      throw new Defect(ReasonCode.PACKAGE_INVALID, "no manifest.json can be read in " + folder, e);
    }
    ModelManifest manifest = ManifestJson.read(json);
    var loaded = new ModelPackage(folder, manifest, digestOf(json, manifest));
    loaded.requireDigests();
    return loaded;
  }

  /**
   * Writes the manifest of a folder whose files are all in place, with their digests.
   *
   * @param draft the manifest; whatever digests and golden case it has are replaced
   */
  public static ModelPackage seal(Path folder, ModelManifest draft, GoldenCase golden)
      throws IOException {
    return seal(folder, draft, golden, List.of());
  }

  /**
   * The same, with the digests of further files.
   *
   * @param weights files in which the graphs keep weights, paths in the package
   */
  public static ModelPackage seal(
      Path folder, ModelManifest draft, GoldenCase golden, Collection<String> weights)
      throws IOException {
    Map<String, Sha256> digests = new TreeMap<>();
    List<String> counted = new ArrayList<>(draft.networkFiles());
    counted.addAll(golden.files());
    counted.addAll(weights);
    for (String file : counted) {
      digests.put(file, digestOf(folder.resolve(file)));
    }
    byte[] json = ManifestJson.write(draft.sealedWith(golden, digests));
    Files.write(folder.resolve(MANIFEST_FILE), json);
    return load(folder);
  }

  /** The graphs, one, or the members of an ensemble. */
  public List<Path> networkFiles() {
    return manifest.networkFiles().stream().map(folder::resolve).toList();
  }

  /** The graph of a package that has one only. */
  public Path modelFile() {
    return networkFiles().get(0);
  }

  public PackageReference reference() {
    return new PackageReference(manifest.name(), manifest.version(), digest);
  }

  /** Name and version, as people say it. */
  public String label() {
    return manifest.label();
  }

  /**
   * Checks every file that the manifest names against its digest.
   *
   * @throws Defect with {@link ReasonCode#PACKAGE_INVALID} for the first that differs
   */
  public void requireDigests() {
    manifest.networkFiles().forEach(this::requireNamed);
    manifest.goldenCase().ifPresent(golden -> golden.files().forEach(this::requireNamed));
    for (Map.Entry<String, Sha256> entry : manifest.files().entrySet()) {
      Path file = folder.resolve(entry.getKey()).normalize();
      if (!file.startsWith(folder.normalize())) {
        throw new Defect(
            ReasonCode.PACKAGE_INVALID, label() + ": " + entry.getKey() + " leaves the package");
      }
      Sha256 found;
      try {
        found = digestOf(file);
      } catch (IOException e) {
        throw new Defect(
            ReasonCode.PACKAGE_INVALID, label() + ": " + entry.getKey() + " cannot be read", e);
      }
      if (!found.equals(entry.getValue())) {
        throw new Defect(
            ReasonCode.PACKAGE_INVALID,
            label()
                + ": "
                + entry.getKey()
                + " must have SHA-256 "
                + entry.getValue()
                + ", but has "
                + found);
      }
    }
  }

  private void requireNamed(String file) {
    if (!manifest.files().containsKey(file)) {
      throw new Defect(
          ReasonCode.PACKAGE_INVALID,
          label() + ": files must have the digest of " + file + "; seal the package");
    }
  }

  private static Sha256 digestOf(byte[] json, ModelManifest manifest) {
    MessageDigest digest = Sha256.newDigest();
    digest.update(json);
    manifest
        .files()
        .forEach(
            (file, sha) ->
                digest.update((file + " " + sha + "\n").getBytes(StandardCharsets.UTF_8)));
    return Sha256.from(digest.digest());
  }

  private static Sha256 digestOf(Path file) throws IOException {
    MessageDigest digest = Sha256.newDigest();
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
      var block = new byte[BLOCK];
      while (in.read(block) >= 0) {
        continue;
      }
    }
    return Sha256.from(digest.digest());
  }
}
