package org.firstpass.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.firstpass.study.Sha256;

/** The page's files, read once from the class path and served to anyone: they hold no data. */
public final class PageRoutes {
  private static final String FOLDER = "/org/firstpass/page/";
  private static final String HTML = "text/html; charset=utf-8";
  private static final String CSS = "text/css; charset=utf-8";
  private static final String SCRIPT = "text/javascript; charset=utf-8";
  private static final String SVG = "image/svg+xml";

  private static final List<String> SCRIPTS =
      List.of(
          "activity.js",
          "api.js",
          "app.js",
          "case-keys.js",
          "case-loading.js",
          "case-view.js",
          "coming.js",
          "core.js",
          "dialogs.js",
          "dom.js",
          "editing.js",
          "foreign.js",
          "lease.js",
          "login-view.js",
          "overlay-style.js",
          "pen-settings.js",
          "plane.js",
          "planes.js",
          "segment-list.js",
          "tags.js",
          "tool-panel.js",
          "toolbar.js",
          "uncertainty.js",
          "window-level.js",
          "worklist-view.js");

  public void install(RoutesConfig routes) {
    serve(routes, "/", "index.html", HTML);
    serve(routes, "/page/firstpass.css", "firstpass.css", CSS);
    serve(routes, "/page/icon.svg", "icon.svg", SVG);
    serve(routes, "/favicon.ico", "icon.svg", SVG);
    SCRIPTS.forEach(script -> serve(routes, "/page/" + script, script, SCRIPT));
  }

  private static void serve(RoutesConfig routes, String path, String file, String type) {
    PageFile page = PageFile.read(file, type);
    routes.get(path, page::answer, AccessGate.allowAnyone());
  }

  private static final class PageFile {
    private final byte[] content;
    private final String type;
    private final String tag;

    private PageFile(byte[] content, String type) {
      this.content = content;
      this.type = type;
      this.tag = '"' + Sha256.of(content).hex().substring(0, 32) + '"';
    }

    static PageFile read(String file, String type) {
      try (InputStream in = PageRoutes.class.getResourceAsStream(FOLDER + file)) {
        if (in == null) {
          throw new IllegalStateException("the page's file " + FOLDER + file + " is missing");
        }
        return new PageFile(in.readAllBytes(), type);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    void answer(Context context) {
      context.header("Cache-Control", "no-cache");
      context.header("ETag", tag);
      if (tag.equals(context.header("If-None-Match"))) {
        context.status(304);
      } else {
        context.contentType(type).result(content);
      }
    }
  }
}
