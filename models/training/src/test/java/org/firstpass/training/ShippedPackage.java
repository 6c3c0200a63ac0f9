package org.firstpass.training;

import java.nio.file.Files;
import java.nio.file.Path;

/** The package that is kept in the repository. */
public final class ShippedPackage {
  private ShippedPackage() {}

  public static Path folder() {
    return repository()
        .resolve("models/packages")
        .resolve(PhantomAbdomen.NAME)
        .resolve(PhantomAbdomen.VERSION);
  }

  public static Path repository() {
    Path folder = Path.of("").toAbsolutePath();
    while (folder != null && !Files.exists(folder.resolve("LICENSE"))) {
      folder = folder.getParent();
    }
    if (folder == null) {
      throw new IllegalStateException("no folder above this one has a LICENSE");
    }
    return folder;
  }
}
