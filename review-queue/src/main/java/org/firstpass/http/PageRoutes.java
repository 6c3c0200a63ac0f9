package org.firstpass.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.firstpass.study.Sha256;

/** The page's files, each read once from the class path and served to anyone: they hold no data. */
public final class PageRoutes {
  private static final String FOLDER = "/org/firstpass/page/";

  /** What the bundle consists of; its parts have names that only it knows. */
  private static final Pattern BUNDLED = Pattern.compile("[A-Za-z0-9-]+\\.(js|css|svg)");

  private final Map<String, PageFile> files = new ConcurrentHashMap<>();

  public void install(RoutesConfig routes) {
    routes.get("/", context -> answer(context, "index.html"), AccessGate.allowAnyone());
    routes.get("/favicon.ico", context -> answer(context, "icon.svg"), AccessGate.allowAnyone());
    routes.get("/page/{file}", this::bundled, AccessGate.allowAnyone());
  }

  private void bundled(Context context) {
    String file = context.pathParam("file");
    if (!BUNDLED.matcher(file).matches() || PageRoutes.class.getResource(FOLDER + file) == null) {
      throw new ApiRefusal(404, "NO_SUCH_FILE", "the page has no such file");
    }
    answer(context, file);
  }

  private void answer(Context context, String file) {
    files.computeIfAbsent(file, name -> PageFile.read(name, typeOf(name))).answer(context);
  }

  private static String typeOf(String file) {
    return switch (file.substring(file.lastIndexOf('.') + 1)) {
      case "html" -> "text/html; charset=utf-8";
      case "css" -> "text/css; charset=utf-8";
      case "js" -> "text/javascript; charset=utf-8";
      default -> "image/svg+xml";
    };
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
