package org.firstpass.standalone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** An installation that knows whose workstation calls with which AE title. */
final class ViewerInstallation implements AutoCloseable {
  static final String WORKSTATION = "READING_ROOM_1";
  private static final String USER = "admin";

  private final TestInstallation up;

  private ViewerInstallation(TestInstallation up) {
    this.up = up;
  }

  TestInstallation up() {
    return up;
  }

  private static ViewerInstallation start() {
    try {
      Path folder = Files.createTempDirectory("firstpass-viewers");
      return new ViewerInstallation(
          TestInstallation.start(
              folder,
              Map.of(
                  Keys.REVIEW_VIEWERS,
                  WORKSTATION + "=" + USER,
                  Keys.MODELS_FOLDERS,
                  Repository.packages().toString())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    up.close();
  }

  /** One for all tests that ask for it. */
  static final class Shared implements ParameterResolver {
    private static final ExtensionContext.Namespace SHARED =
        ExtensionContext.Namespace.create(ViewerInstallation.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == ViewerInstallation.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return context
          .getRoot()
          .getStore(SHARED)
          .getOrComputeIfAbsent(
              "installation", key -> ViewerInstallation.start(), ViewerInstallation.class);
    }
  }
}
