package org.firstpass.model.importing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.firstpass.segment.CodedConcept;
import org.jspecify.annotations.Nullable;

/**
 * Names of structures as models use them, and the codes that DICOM has for each. A name that is not
 * in the table has none: nothing is guessed.
 *
 * @see "PS3.16 CID 7150, CID 7151, CID 7159, CID 244"
 */
final class Anatomy {
  static final CodedConcept STRUCTURE = sct("91723000", "Anatomical Structure");

  private static final CodedConcept ALTERED = sct("49755003", "Morphologically Abnormal Structure");
  private static final CodedConcept LEFT = sct("7771000", "Left");
  private static final CodedConcept RIGHT = sct("24028007", "Right");
  private static final String TABLE = "anatomy.tsv";

  /** With one of these the last word of a name does not say what it is. */
  private static final Set<String> NOT_THE_THING =
      Set.of("no", "non", "not", "without", "around", "near", "minus", "free", "outside");

  private final Map<String, Entry> entries;

  private Anatomy(Map<String, Entry> entries) {
    this.entries = entries;
  }

  /** A row of the table. */
  private record Entry(CodedConcept code, boolean paired, boolean altered) {}

  /** What a name means. */
  record Coding(CodedConcept category, CodedConcept type, @Nullable CodedConcept side) {}

  static Anatomy read() {
    Map<String, Entry> entries = new HashMap<>();
    try (var in =
            new InputStreamReader(
                Objects.requireNonNull(Anatomy.class.getResourceAsStream(TABLE), TABLE),
                StandardCharsets.UTF_8);
        var lines = new BufferedReader(in)) {
      lines.lines().filter(line -> !line.startsWith("#")).forEach(line -> row(line, entries));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Anatomy(entries);
  }

  private static void row(String line, Map<String, Entry> entries) {
    String[] cells = line.split("\t");
    var entry =
        new Entry(sct(cells[1], cells[2]), cells[3].equals("paired"), cells[3].equals("altered"));
    for (String name : cells[0].split(",")) {
      if (entries.put(name, entry) != null) {
        throw new IllegalStateException(TABLE + " has '" + name + "' twice");
      }
    }
  }

  /** The code of a name such as {@code Left-Kidney}, {@code kidney_left}, {@code liver tumor}. */
  Optional<Coding> coding(String name) {
    List<String> words = words(name);
    if (words.isEmpty()) {
      return Optional.empty();
    }
    Entry whole = entries.get(String.join(" ", words));
    if (whole != null) {
      return Optional.of(new Coding(whole.altered() ? ALTERED : STRUCTURE, whole.code(), null));
    }
    return sided(words).or(() -> finding(words));
  }

  private Optional<Coding> sided(List<String> words) {
    CodedConcept side = words.contains("left") ? LEFT : RIGHT;
    List<String> rest = new ArrayList<>(words);
    if (!rest.remove(side.equals(LEFT) ? "left" : "right")
        || rest.contains("left")
        || rest.contains("right")) {
      return Optional.empty();
    }
    Entry entry = entries.get(String.join(" ", rest));
    return entry != null && entry.paired()
        ? Optional.of(new Coding(STRUCTURE, entry.code(), side))
        : Optional.empty();
  }

  /** A tumour is a tumour wherever it is. */
  private Optional<Coding> finding(List<String> words) {
    Entry entry = entries.get(words.get(words.size() - 1));
    if (entry == null || !entry.altered() || words.stream().anyMatch(NOT_THE_THING::contains)) {
      return Optional.empty();
    }
    return Optional.of(new Coding(ALTERED, entry.code(), null));
  }

  /** Lower-case words; everything else only parts them. */
  static List<String> words(String name) {
    String parted = name.replaceAll("([a-z])([A-Z])", "$1 $2").toLowerCase(Locale.ROOT);
    return List.of(parted.split("[^a-z0-9]+")).stream().filter(word -> !word.isEmpty()).toList();
  }

  private static CodedConcept sct(String value, String meaning) {
    return new CodedConcept(value, "SCT", meaning);
  }
}
