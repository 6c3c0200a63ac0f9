package org.firstpass.refine;

import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where masks are refined: by the site's own model if it has one and it answers, otherwise by what
 * needs nothing but a processor. Safe for use by many threads.
 */
public final class Refining {
  private static final Logger LOG = LoggerFactory.getLogger(Refining.class);

  private final Refiner standard = new GeodesicRefiner();
  private final Optional<SiteService> site;

  private Refining(Optional<SiteService> site) {
    this.site = site;
  }

  /** Without a model of the site's own. */
  public static Refining standard() {
    return new Refining(Optional.empty());
  }

  public static Refining through(SiteService site) {
    return new Refining(Optional.of(site));
  }

  /** Who made a mask. */
  public enum By {
    STANDARD,
    SITE
  }

  /**
   * A mask with where it comes from. The array is the caller's.
   *
   * @param instead why the site's model did not make it, a code; empty if it did or there is none
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Refined(byte[] mask, By by, Optional<SiteService.Failure> instead) {}

  /**
   * The mask after the clicks.
   *
   * @throws IllegalArgumentException if there are no clicks, or one is outside of the crop
   */
  public Refined refine(Crop crop, List<Prompt> prompts) {
    if (prompts.isEmpty() || !prompts.stream().allMatch(crop::contains)) {
      throw new IllegalArgumentException("there is a click at least, and all are in the crop");
    }
    if (site.isEmpty()) {
      return new Refined(standard.refine(crop, prompts), By.STANDARD, Optional.empty());
    }
    try {
      return new Refined(site.get().refine(crop, prompts), By.SITE, Optional.empty());
    } catch (SiteService.NotRefined e) {
      LOG.warn("the site's model did not refine: {} {}", e.failure(), e.getMessage());
      return new Refined(standard.refine(crop, prompts), By.STANDARD, Optional.of(e.failure()));
    }
  }
}
