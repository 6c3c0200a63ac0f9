package org.firstpass.dicomweb;

import java.util.Locale;
import java.util.Set;

/**
 * Where an attribute belongs in a query.
 *
 * @see "PS3.3 A.1.2, PS3.18 tables 10.6.3-3 to 10.6.3-5"
 */
enum Level {
  STUDY("st"),
  SERIES("se"),
  INSTANCE("i");

  private static final Set<Integer> OF_STUDY =
      Set.of(
          0x0008_0020,
          0x0008_0030,
          0x0008_0050,
          0x0008_0051,
          0x0008_0061,
          0x0008_0062,
          0x0008_0090,
          0x0008_0201,
          0x0008_1030,
          0x0008_1032,
          0x0008_1048,
          0x0008_1060,
          0x0008_1080,
          0x0020_000d,
          0x0020_0010,
          0x0020_1206,
          0x0020_1208);

  private static final Set<Integer> OF_SERIES =
      Set.of(
          0x0008_0021,
          0x0008_0031,
          0x0008_0060,
          0x0008_0070,
          0x0008_0080,
          0x0008_1010,
          0x0008_103e,
          0x0008_1040,
          0x0008_1050,
          0x0008_1070,
          0x0008_1090,
          0x0018_0015,
          0x0018_1000,
          0x0018_1020,
          0x0018_1030,
          0x0018_5100,
          0x0020_000e,
          0x0020_0011,
          0x0020_0052,
          0x0020_0060,
          0x0020_1040,
          0x0020_1209,
          0x0040_0244,
          0x0040_0245,
          0x0040_0254,
          0x0040_0275);

  /** Kept of sequences: what the standard names as a matching key, and small ones beside it. */
  private static final Set<Integer> SEQUENCES =
      Set.of(0x0008_0051, 0x0008_1032, 0x0010_1002, 0x0040_0275);

  private static final int PATIENT_GROUP = 0x0010;

  private final String alias;

  Level(String alias) {
    this.alias = alias;
  }

  /** Its table in a statement. */
  String alias() {
    return alias;
  }

  String attributesColumn() {
    return name().toLowerCase(Locale.ROOT) + "_attributes";
  }

  /** Everything that is named neither for studies nor for series is an instance's own. */
  static Level of(int tag) {
    if (OF_STUDY.contains(tag) || tag >>> 16 == PATIENT_GROUP) {
      return STUDY;
    }
    return OF_SERIES.contains(tag) ? SERIES : INSTANCE;
  }

  /** Whether the index keeps an attribute, if it is a sequence. */
  static boolean keepsSequence(int tag) {
    return SEQUENCES.contains(tag);
  }
}
