package org.firstpass.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.function.Supplier;
import org.firstpass.security.Role;
import org.jspecify.annotations.Nullable;

/** {@code /models}: what each version of each package does in the worker of this process. */
public final class ModelRoutes {
  private static final String JSON = "application/json";

  private final Supplier<@Nullable Supplier<String>> worker;

  /**
   * @param worker answers null as long as no worker runs in this process
   */
  public ModelRoutes(Supplier<@Nullable Supplier<String>> worker) {
    this.worker = worker;
  }

  public void install(RoutesConfig routes) {
    routes.get(
        "/models",
        this::models,
        AccessGate.allowLoopbackOr(Role.ADMINISTRATOR, Role.ML_ENGINEER, Role.SERVICE));
  }

  private void models(Context context) {
    Supplier<String> models = worker.get();
    if (models == null) {
      throw new ApiRefusal(
          404, "NO_WORKER", "no worker runs in this process; ask a worker's own port for /models");
    }
    context.contentType(JSON).result(models.get());
  }
}
