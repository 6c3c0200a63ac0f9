package org.firstpass.dicom.web;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a frame becomes a picture.
 *
 * @param quality of a JPEG, 1 to 100
 * @see "PS3.18 section 8.3.5"
 */
public record Rendering(
    Format format, Optional<Window> window, Optional<Viewport> viewport, OptionalInt quality) {
  private static final int LARGEST_SIDE = 8192;

  /** What a picture is written in. */
  public enum Format {
    JPEG("image/jpeg"),
    PNG("image/png");

    private final String mediaType;

    Format(String mediaType) {
      this.mediaType = mediaType;
    }

    public String mediaType() {
      return mediaType;
    }
  }

  /**
   * A VOI transformation.
   *
   * @see "PS3.3 C.11.2.1.2, C.11.2.1.3"
   */
  public record Window(double centre, double width, Function function) {
    public Window {
      if (!Double.isFinite(centre) || !Double.isFinite(width) || width <= 0) {
        throw new IllegalArgumentException("a window has a centre and a width above zero");
      }
    }

    /** Brightness of a value, 0 to 1. */
    double brightness(double value) {
      return switch (function) {
        case LINEAR ->
            width <= 1
                ? value <= centre - 0.5 ? 0 : 1
                : clipped((value - (centre - 0.5)) / (width - 1) + 0.5);
        case LINEAR_EXACT -> clipped((value - centre) / width + 0.5);
        case SIGMOID -> 1 / (1 + Math.exp(-4 * (value - centre) / width));
      };
    }

    private static double clipped(double value) {
      return Math.max(0, Math.min(1, value));
    }
  }

  /** How values of a window become brightness. */
  public enum Function {
    LINEAR,
    LINEAR_EXACT,
    SIGMOID
  }

  /**
   * The largest picture, which keeps the shape of what it shows, and which part of the frame it
   * shows; a size of 0 of the part means to the frame's end.
   */
  public record Viewport(int width, int height, int left, int top, int partWidth, int partHeight) {
    public Viewport {
      if (width < 1 || height < 1 || width > LARGEST_SIDE || height > LARGEST_SIDE) {
        throw new IllegalArgumentException("a picture has 1 to " + LARGEST_SIDE + " pixels a side");
      }
      if (left < 0 || top < 0 || partWidth < 0 || partHeight < 0) {
        throw new IllegalArgumentException("a part of a frame begins and ends within it");
      }
    }
  }
}
