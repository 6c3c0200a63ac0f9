package org.firstpass.pull;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.firstpass.dicom.FoundSeries;

/**
 * Which series of a study are wanted. Body parts are told by few archives and many modalities leave
 * them out: a series that says none is wanted.
 *
 * @param modalities one of these, in capitals; empty: any
 * @param bodyParts one of these, in capitals; empty: any
 */
record SeriesFilter(Set<String> modalities, Set<String> bodyParts) {
  static final SeriesFilter ALL = new SeriesFilter(Set.of(), Set.of());

  SeriesFilter {
    modalities = capitals(modalities);
    bodyParts = capitals(bodyParts);
  }

  /** Of texts with commas. */
  static SeriesFilter of(String modalities, String bodyParts) {
    return new SeriesFilter(parts(modalities), parts(bodyParts));
  }

  private static Set<String> parts(String text) {
    return Arrays.stream(text.split(","))
        .filter(part -> !part.isBlank())
        .collect(Collectors.toUnmodifiableSet());
  }

  private static Set<String> capitals(Set<String> values) {
    return values.stream()
        .map(value -> value.strip().toUpperCase(Locale.ROOT))
        .collect(Collectors.toUnmodifiableSet());
  }

  boolean wants(FoundSeries series) {
    return has(modalities, series.modality()) && has(bodyParts, series.bodyPart());
  }

  private static boolean has(Set<String> wanted, String value) {
    return wanted.isEmpty()
        || value.isBlank()
        || wanted.contains(value.strip().toUpperCase(Locale.ROOT));
  }

  String modalityText() {
    return String.join(",", modalities);
  }

  String bodyPartText() {
    return String.join(",", bodyParts);
  }
}
