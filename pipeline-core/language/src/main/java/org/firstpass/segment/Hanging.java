package org.firstpass.segment;

import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the image of a case is hung up for its reader.
 *
 * @param planes the order of the planes, the first is the large one; those that are not named
 *     follow, none at all leaves the order to the image
 * @param layout how many planes there are, and how large; an image of one slice has one anyway
 * @param window what is grey at first, null for what is usual for the modality
 * @param overlay how segments are drawn at first, null for what the reader last chose
 * @param zoomToSegment whether the planes close in on a segment that is gone to
 * @param prior whether the latest earlier image of the patient hangs beside
 */
public record Hanging(
    List<PlaneName> planes,
    Layout layout,
    @Nullable Window window,
    @Nullable Overlay overlay,
    boolean zoomToSegment,
    boolean prior) {
  /** What holds where no protocol says anything. */
  public static final Hanging USUAL =
      new Hanging(List.of(), Layout.THREE_PLANES, null, null, false, false);

  /** A plane of the patient. */
  public enum PlaneName {
    AXIAL,
    CORONAL,
    SAGITTAL
  }

  /** How the planes share the screen. */
  public enum Layout {
    /** One large, two small ones beside it. */
    THREE_PLANES,
    ONE_PLANE,
    /** Three planes of the same size, and the prior image or the surface as the fourth. */
    TWO_BY_TWO
  }

  /** How segments are drawn. */
  public enum Overlay {
    OUTLINE,
    FILLED
  }

  /**
   * The rescaled values that are seen, HU in CT.
   *
   * @see "PS3.3 C.11.2.1.2"
   */
  public record Window(double level, double width) {
    public Window {
      if (!Double.isFinite(level) || !(width >= 1) || Double.isInfinite(width)) {
        throw new IllegalArgumentException(
            "a window has a level and a width of at least 1, but " + level + " and " + width);
      }
    }
  }

  public Hanging {
    planes = List.copyOf(planes);
    var distinct = EnumSet.noneOf(PlaneName.class);
    distinct.addAll(planes);
    if (distinct.size() != planes.size()) {
      throw new IllegalArgumentException("a hanging names a plane twice: " + planes);
    }
  }
}
