package org.firstpass.routing;

import java.util.regex.Pattern;
import org.firstpass.model.ModelManifest;
import org.firstpass.model.Requirement;
import org.jspecify.annotations.Nullable;

/**
 * A package as a rule names it: {@code name}, or {@code name@version}.
 *
 * @param version null for the one that is served
 */
record PackageName(String name, @Nullable String version) {
  private static final Pattern WRITTEN =
      Pattern.compile("[a-z0-9][a-z0-9-]*(@[0-9]+\\.[0-9]+\\.[0-9]+(-[0-9a-z.]+)?)?");

  static PackageName of(String field, @Nullable String written) {
    Requirement.matches(field, written, WRITTEN);
    String[] parts = String.valueOf(written).split("@", 2);
    return new PackageName(parts[0], parts.length == 1 ? null : parts[1]);
  }

  boolean isPinned() {
    return version != null;
  }

  boolean means(ModelManifest manifest) {
    return manifest.name().equals(name) && (version == null || manifest.version().equals(version));
  }

  @Override
  public String toString() {
    return version == null ? name : name + "@" + version;
  }
}
