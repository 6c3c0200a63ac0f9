package org.firstpass.model.importing;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.firstpass.model.importing.Anatomy.Coding;
import org.firstpass.segment.CodedConcept;
import org.firstpass.segment.Segment;
import org.firstpass.study.Sha256;

/** Segments from the names that models give their classes. */
public final class SegmentNaming {
  /** The scheme of names that no standard code is known of. */
  public static final String PRIVATE_SCHEME = "99FIRSTPASS";

  private static final int LONGEST = 64;
  private static final int CODE_LENGTH = 15;
  private static final double GOLDEN_ANGLE = 137.50776405003785;

  private final Anatomy anatomy = Anatomy.read();
  private final ImportNotes notes;

  public SegmentNaming(ImportNotes notes) {
    this.notes = notes;
  }

  /**
   * A segment with the code of its name, or with a private one and a note that it has to be
   * replaced. A wrong code is worse than none.
   */
  public Segment segment(int number, String name) {
    String label = label(name);
    Optional<Coding> known = anatomy.coding(name);
    if (known.isPresent()) {
      Coding coding = known.get();
      notes.decided(
          "segment " + number + " '" + name + "'",
          coding.type().value()
              + " "
              + coding.type().meaning()
              + (coding.side() == null ? "" : ", " + coding.side().meaning()));
      return new Segment(
          number, label, coding.category(), coding.type(), coding.side(), colour(number));
    }
    notes.check(
        "segment "
            + number
            + " '"
            + name
            + "' has no code that is known: it got a private one; put the right one into"
            + " labels.segments (type, typeModifier) and seal again");
    var type = new CodedConcept(privateCode(name), PRIVATE_SCHEME, label);
    return new Segment(number, label, Anatomy.STRUCTURE, type, null, colour(number));
  }

  /** As people write it: {@code left_kidney} is "Left kidney". */
  public static String label(String name) {
    String spaced = name.replace('_', ' ').replaceAll("\\s+", " ").strip();
    String capital = spaced.substring(0, 1).toUpperCase(Locale.ROOT) + spaced.substring(1);
    return capital.substring(0, Math.min(LONGEST, capital.length()));
  }

  /** The same name always has the same one. */
  private static String privateCode(String name) {
    byte[] words = String.join(" ", Anatomy.words(name)).getBytes(StandardCharsets.UTF_8);
    return "P" + Sha256.of(words).hex().substring(0, CODE_LENGTH).toUpperCase(Locale.ROOT);
  }

  /** Hues a golden angle apart, in three lightnesses, so that neighbours never look alike. */
  static String colour(int number) {
    double hue = number * GOLDEN_ANGLE % 360 / 60;
    double saturation = 0.55 + 0.15 * (number % 3);
    double value = 0.95 - 0.13 * (number / 3 % 3);
    int rgb = 0;
    for (int channel : new int[] {5, 3, 1}) {
      double k = (channel + hue) % 6;
      double part = value - value * saturation * Math.max(0, Math.min(1, Math.min(k, 4 - k)));
      rgb = rgb << 8 | (int) Math.round(255 * part);
    }
    return String.format(Locale.ROOT, "#%06x", rgb);
  }
}
