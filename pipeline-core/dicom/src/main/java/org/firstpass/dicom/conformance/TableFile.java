package org.firstpass.dicom.conformance;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.firstpass.dicom.conformance.ObjectTable.FrameGroup;
import org.firstpass.dicom.conformance.ObjectTable.Module;
import org.firstpass.dicom.conformance.Row.Attribute;
import org.firstpass.dicom.conformance.Row.Constraint;
import org.firstpass.dicom.conformance.Row.Include;
import org.firstpass.dicom.conformance.Row.Name;
import org.jspecify.annotations.Nullable;

/** Reads the tables' text form, which its files describe. */
final class TableFile {
  private TableFile() {}

  /** The lines of a resource, without comments and empty ones. */
  static List<String> lines(String name) {
    try (InputStream in = Objects.requireNonNull(TableFile.class.getResourceAsStream(name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(String::strip)
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Map<String, Block> blocks(List<String> lines) {
    Map<String, Block> blocks = new LinkedHashMap<>();
    List<List<Row>> open = new ArrayList<>();
    for (String line : lines) {
      String[] words = line.split(" ", 2);
      if (words[0].equals("module") || words[0].equals("macro")) {
        String[] name = words[1].split(" \\| ");
        var block = new Block(name[0], name[1], new ArrayList<>());
        blocks.put(block.name(), block);
        open.clear();
        open.add(block.rows());
      } else {
        addRow(open, line);
      }
    }
    return blocks;
  }

  /** Adds a line to the item that is open at its depth. */
  private static void addRow(List<List<Row>> open, String line) {
    int depth = 0;
    String rest = line;
    while (rest.startsWith("> ")) {
      depth++;
      rest = rest.substring(2);
    }
    if (depth >= open.size()) {
      throw new IllegalArgumentException("a line has no sequence above it: " + line);
    }
    Row row = rest.startsWith("include ") ? new Include(rest.substring(8)) : attribute(rest);
    open.get(depth).add(row);
    open.subList(depth + 1, open.size()).clear();
    if (row instanceof Attribute attribute && attribute.isSequence()) {
      open.add(attribute.items());
    }
  }

  private static Attribute attribute(String line) {
    String[] condition = line.split(" if ", 2);
    String[] values = condition[0].split(" = ", 2);
    String[] columns = values[0].split(" ");
    if (columns.length != 5) {
      throw new IllegalArgumentException("not a line of a table: " + line);
    }
    int tag = Integer.parseUnsignedInt(columns[0].replace(",", ""), 16);
    return new Attribute(
        new Name(tag, columns[4]),
        Set.of(columns[1].split("/")),
        Multiplicity.parse(columns[2]),
        AttributeType.of(columns[3]),
        new Constraint(
            values.length == 1 ? List.of() : valueSets(values[1]),
            condition.length == 1 ? null : Condition.parse(condition[1])),
        new ArrayList<>());
  }

  private static List<Set<String>> valueSets(String text) {
    return Arrays.stream(text.split(" \\\\ ")).map(set -> Set.of(set.split("\\|"))).toList();
  }

  static List<ObjectTable> objects(List<String> lines, Function<String, Block> block) {
    List<ObjectTable> objects = new ArrayList<>();
    @Nullable ObjectTable current = null;
    for (String line : lines) {
      String[] words = line.split(" ", 2);
      if (words[0].equals("object")) {
        current = object(words[1]);
        objects.add(current);
      } else if (current == null) {
        throw new IllegalArgumentException("a line stands before the first object: " + line);
      } else if (words[0].equals("frame")) {
        current.frameGroups().add(frameGroup(words[1]));
      } else {
        current.modules().add(new Module(block.apply(words[1]), words[0].equals("M")));
      }
    }
    return objects;
  }

  private static ObjectTable object(String text) {
    String[] name = text.split(" \\| ");
    String[] words = name[0].split(" ", 2);
    return new ObjectTable(words[0], words[1], name[1], new ArrayList<>(), new ArrayList<>());
  }

  private static FrameGroup frameGroup(String text) {
    String[] parts = text.split(" if ", 2);
    return new FrameGroup(parts[0], parts.length == 1 ? null : Condition.parse(parts[1]));
  }
}
