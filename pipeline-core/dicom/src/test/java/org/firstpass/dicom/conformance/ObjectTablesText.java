package org.firstpass.dicom.conformance;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.firstpass.dicom.conformance.Row.Attribute;
import org.firstpass.dicom.conformance.Row.Include;

/** The tables as the conformance statement prints them. */
public final class ObjectTablesText {
  private ObjectTablesText() {}

  /** A table of the objects, with their modules. */
  public static String objects() {
    StringBuilder text =
        new StringBuilder("| object | SOP class | PS3.3 | modules |\n|---|---|---|---|\n");
    for (ObjectTable object : ModuleTables.read().objects()) {
      String modules =
          object.modules().stream()
              .map(module -> module.block().name() + (module.mandatory() ? "" : " (if it applies)"))
              .collect(Collectors.joining(", "));
      text.append(
          "| %s | %s | %s | %s |\n"
              .formatted(object.name(), object.sopClass(), object.section(), modules));
    }
    return text.toString();
  }

  /** A table of attributes for each module, and for each macro that one of them includes. */
  public static String modules() {
    Set<Block> blocks = new LinkedHashSet<>();
    ModuleTables tables = ModuleTables.read();
    for (ObjectTable object : tables.objects()) {
      object.modules().forEach(module -> blocks.add(module.block()));
    }
    List<Block> open = new ArrayList<>(blocks);
    for (int i = 0; i < open.size(); i++) {
      for (Block macro : included(open.get(i).rows())) {
        if (blocks.add(macro)) {
          open.add(macro);
        }
      }
    }
    return blocks.stream().map(ObjectTablesText::table).collect(Collectors.joining("\n"));
  }

  private static List<Block> included(List<Row> rows) {
    List<Block> macros = new ArrayList<>();
    for (Row row : rows) {
      if (row instanceof Include include) {
        macros.add(ModuleTables.read().macro(include));
      } else {
        macros.addAll(included(((Attribute) row).items()));
      }
    }
    return macros;
  }

  private static String table(Block block) {
    StringBuilder text =
        new StringBuilder(
            "#### %s (PS3.3 %s)\n\n| attribute | tag | VR | VM | type | values, condition |\n|---|---|---|---|---|---|\n"
                .formatted(block.name(), block.section()));
    append(text, block.rows(), "");
    return text.toString();
  }

  private static void append(StringBuilder text, List<Row> rows, String indent) {
    for (Row row : rows) {
      if (row instanceof Include include) {
        text.append("| %s*%s* | | | | | |\n".formatted(indent, include.macro()));
      } else {
        Attribute attribute = (Attribute) row;
        int tag = attribute.name().tag();
        text.append(
            "| %s%s | (%04X,%04X) | %s | %s | %s | %s |\n"
                .formatted(
                    indent,
                    attribute.name().keyword(),
                    tag >>> 16,
                    tag & 0xffff,
                    String.join(" or ", attribute.representations().stream().sorted().toList()),
                    attribute.multiplicity(),
                    attribute.type().code(),
                    constraint(attribute)));
        append(text, attribute.items(), indent + "> ");
      }
    }
  }

  private static String constraint(Attribute attribute) {
    String values =
        attribute.constraint().values().stream()
            .map(set -> String.join(", ", set.stream().sorted().toList()))
            .collect(Collectors.joining(" \\ "));
    String condition = attribute.constraint().condition().map(found -> "if " + found).orElse("");
    return values + (values.isEmpty() || condition.isEmpty() ? "" : "; ") + condition;
  }
}
