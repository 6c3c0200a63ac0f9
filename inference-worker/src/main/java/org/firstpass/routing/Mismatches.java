package org.firstpass.routing;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.Plane;
import org.firstpass.model.Range;
import org.jspecify.annotations.Nullable;

/** Everything that speaks against a series, in words. One thread at a time. */
final class Mismatches {
  private final List<String> found = new ArrayList<>();

  /** In words, the first first; empty if nothing speaks against it. */
  List<String> found() {
    return List.copyOf(found);
  }

  void oneOf(String what, Collection<String> wanted, @Nullable String value) {
    if (!wanted.isEmpty() && (value == null || !wanted.contains(value))) {
      add(what + " must be one of " + wanted + ", is " + told(value));
    }
  }

  void matching(String what, Optional<Pattern> wanted, String value) {
    if (wanted.isPresent() && !wanted.get().matcher(value).find()) {
      add(what + " must match " + wanted.get() + ", is " + quoted(value));
    }
  }

  void notMatching(String what, Optional<Pattern> unwanted, String value) {
    if (unwanted.isPresent() && unwanted.get().matcher(value).find()) {
      add(what + " must not match " + unwanted.get() + ", is " + quoted(value));
    }
  }

  void anyMatching(String what, Optional<Pattern> wanted, List<String> values) {
    if (wanted.isPresent()
        && values.stream().noneMatch(value -> wanted.get().matcher(value).find())) {
      add(what + " must match " + wanted.get() + ", is " + values);
    }
  }

  void within(String what, @Nullable Range wanted, double value) {
    if (wanted != null && !wanted.contains(value)) {
      add(what + " must be " + wanted + ", is " + value);
    }
  }

  void contrast(@Nullable Boolean wanted, boolean given) {
    if (wanted != null && wanted != given) {
      add("a contrast agent must" + (wanted ? "" : " not") + " have been given");
    }
  }

  /** Slices that have no place in patient space lie in no plane and have no spacing. */
  void geometry(
      List<Plane> planes,
      @Nullable Range sliceSpacingMm,
      @Nullable Range pixelSpacingMm,
      @Nullable GridGeometry geometry) {
    if (geometry == null || !geometry.space().isPatient()) {
      if (!planes.isEmpty() || sliceSpacingMm != null || pixelSpacingMm != null) {
        add("plane and spacing must be known, but the series has no place in patient space");
      }
      return;
    }
    Plane plane = Plane.of(geometry.axes());
    if (!planes.isEmpty() && !planes.contains(plane)) {
      add("plane must be one of " + planes + ", is " + plane);
    }
    within("slice spacing in mm", sliceSpacingMm, geometry.spacing().slice());
    within("pixel spacing in mm", pixelSpacingMm, geometry.spacing().column());
  }

  void add(String mismatch) {
    found.add(mismatch);
  }

  static String quoted(String value) {
    return "'" + value + "'";
  }

  static String told(@Nullable String value) {
    return value == null || value.isEmpty() ? "missing" : quoted(value);
  }
}
