package org.firstpass.dicom.conformance;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.firstpass.dicom.conformance.Row.Attribute;
import org.firstpass.dicom.conformance.Row.Include;

/**
 * The module tables of PS3.3 and the objects that are made of them, read once from two resources.
 *
 * <p>Immutable; safe to share between threads.
 */
final class ModuleTables {
  private static final ModuleTables TABLES =
      new ModuleTables(
          TableFile.blocks(TableFile.lines("modules.txt")), TableFile.lines("objects.txt"));

  private final Map<String, Block> blocks;
  private final Map<String, Integer> tags = new LinkedHashMap<>();
  private final Map<String, ObjectTable> objects = new LinkedHashMap<>();

  private ModuleTables(Map<String, Block> blocks, List<String> objectLines) {
    this.blocks = blocks;
    blocks.values().forEach(block -> index(block.rows()));
    TableFile.objects(objectLines, this::block)
        .forEach(object -> objects.put(object.sopClass(), object));
  }

  static ModuleTables read() {
    return TABLES;
  }

  Collection<ObjectTable> objects() {
    return objects.values();
  }

  Optional<ObjectTable> object(String sopClass) {
    return Optional.ofNullable(objects.get(sopClass));
  }

  /** The tag of an attribute that a table has. */
  int tagOf(String keyword) {
    Integer tag = tags.get(keyword);
    if (tag == null) {
      throw new IllegalArgumentException("no table has " + keyword);
    }
    return tag;
  }

  /** The attributes of lines, those of included macros among them. */
  List<Attribute> attributes(List<Row> rows) {
    return rows.stream().flatMap(this::attributes).toList();
  }

  /** The block that an include takes in. */
  Block macro(Include include) {
    return block(include.macro());
  }

  private Stream<Attribute> attributes(Row row) {
    if (row instanceof Include include) {
      return macro(include).rows().stream().flatMap(this::attributes);
    }
    return Stream.of((Attribute) row);
  }

  private Block block(String name) {
    Block block = blocks.get(name);
    if (block == null) {
      throw new IllegalArgumentException("no module or macro is called " + name);
    }
    return block;
  }

  private void index(List<Row> rows) {
    for (Row row : rows) {
      if (row instanceof Attribute attribute) {
        tags.put(attribute.name().keyword(), attribute.name().tag());
        index(attribute.items());
      }
    }
  }
}
