package org.firstpass.dicom.conformance;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.VR;
import org.firstpass.dicom.conformance.CheckedObject.Item;
import org.firstpass.dicom.conformance.Row.Attribute;

/**
 * Checks an object against the tables of its modules: presence, value representation, multiplicity
 * and enumerated values.
 */
final class TableCheck {
  private static final String IMPLICIT = "1.2.840.10008.1.2";

  private final ModuleTables tables;
  private final Findings findings;
  private final boolean explicit;

  private TableCheck(ModuleTables tables, Findings findings, boolean explicit) {
    this.tables = tables;
    this.findings = findings;
    this.explicit = explicit;
  }

  static void check(
      CheckedObject object, ObjectTable table, ModuleTables tables, Findings findings) {
    var check = new TableCheck(tables, findings, !object.transferSyntax().equals(IMPLICIT));
    for (ObjectTable.Module module : table.modules()) {
      Block block = module.block();
      if (module.mandatory() || check.hasAny(object.dataset(), block.rows())) {
        check.item(object.root(), block.rows(), block.section());
      }
    }
  }

  private boolean hasAny(Attributes dataset, List<Row> rows) {
    return tables.attributes(rows).stream()
        .anyMatch(attribute -> dataset.contains(attribute.name().tag()));
  }

  private void item(Item item, List<Row> rows, String section) {
    for (Attribute attribute : tables.attributes(rows)) {
      check(item, attribute, section);
    }
  }

  private void check(Item item, Attribute attribute, String section) {
    int tag = attribute.name().tag();
    String path = item.path(tag);
    if (!item.attributes().contains(tag)) {
      if (isRequired(item.attributes(), attribute)) {
        findings.add("attribute.missing", path, wanted(attribute, section), "none");
      }
    } else if (!representation(item.attributes(), attribute, path, section)) {
      return;
    } else if (!item.attributes().containsValue(tag)) {
      boolean emptyAllowed = !attribute.type().needsValue() || attribute.multiplicity().allows(0);
      if (!emptyAllowed) {
        findings.add("attribute.empty", path, wanted(attribute, section), "no value");
      }
    } else if (attribute.isSequence()) {
      items(item, attribute, section);
    } else {
      values(item.attributes(), attribute, path, section);
    }
  }

  private boolean isRequired(Attributes item, Attribute attribute) {
    return switch (attribute.type()) {
      case REQUIRED, MAY_BE_EMPTY -> true;
      case CONDITIONAL, CONDITIONAL_MAY_BE_EMPTY ->
          attribute
              .constraint()
              .condition()
              .map(condition -> condition.holds(item, tables::tagOf))
              .orElse(false);
      case OPTIONAL -> false;
    };
  }

  private static String wanted(Attribute attribute, String section) {
    String condition = attribute.constraint().condition().map(found -> ", as " + found).orElse("");
    return "type " + attribute.type().code() + condition + " (PS3.3 " + section + ")";
  }

  private boolean representation(
      Attributes item, Attribute attribute, String path, String section) {
    VR found = item.getVR(attribute.name().tag());
    if (!explicit || attribute.representations().contains(found.name())) {
      return true;
    }
    findings.add(
        "attribute.representation",
        path,
        String.join(" or ", attribute.representations().stream().sorted().toList())
            + " (PS3.3 "
            + section
            + ")",
        found.name());
    return false;
  }

  private void items(Item parent, Attribute attribute, String section) {
    List<Item> items = parent.items(attribute.name().tag());
    Sequence sequence = parent.attributes().getSequence(attribute.name().tag());
    if (sequence != null && !attribute.multiplicity().allows(items.size())) {
      findings.add(
          "attribute.multiplicity",
          parent.path(attribute.name().tag()),
          attribute.multiplicity() + " items (PS3.3 " + section + ")",
          Integer.toString(items.size()));
    }
    if (!attribute.items().isEmpty()) {
      items.forEach(item -> item(item, attribute.items(), section));
    }
  }

  private void values(Attributes item, Attribute attribute, String path, String section) {
    List<String> values = Values.of(item, attribute.name().tag());
    if (!attribute.multiplicity().allows(values.size())) {
      findings.add(
          "attribute.multiplicity",
          path,
          attribute.multiplicity() + " values (PS3.3 " + section + ")",
          Integer.toString(values.size()));
    }
    List<Set<String>> allowed = attribute.constraint().values();
    for (int i = 0; i < allowed.size(); i++) {
      if (i >= values.size() || !allowed.get(i).contains(values.get(i))) {
        findings.add(
            "attribute.value",
            path,
            String.join(" or ", allowed.get(i).stream().sorted().toList())
                + " (PS3.3 "
                + section
                + ")",
            "another value");
      }
    }
  }

  /** The values of an attribute as text, whatever its representation. */
  private static final class Values {
    static List<String> of(Attributes item, int tag) {
      VR vr = item.getVR(tag);
      if (vr == VR.FD || vr == VR.FL) {
        double[] numbers = item.getDoubles(tag);
        return numbers == null
            ? List.of()
            : Arrays.stream(numbers).mapToObj(Double::toString).toList();
      }
      if (vr.isIntType() && !vr.isStringType()) {
        int[] numbers = item.getInts(tag);
        return numbers == null
            ? List.of()
            : Arrays.stream(numbers).mapToObj(Integer::toString).toList();
      }
      String[] texts = item.getStrings(tag);
      return texts == null
          ? List.of()
          : Arrays.stream(texts).map(text -> text == null ? "" : text.strip()).toList();
    }
  }
}
