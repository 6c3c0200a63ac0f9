package org.firstpass.dicom.conformance;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.firstpass.dicom.conformance.CheckedObject.Item;
import org.firstpass.dicom.conformance.Row.Attribute;

/**
 * A place in an object of which a table speaks, and how it can be broken. Of items that look alike
 * only the first is one.
 */
public final class TablePlace {
  private static final Set<VR> ONE_TEXT = Set.of(VR.LT, VR.ST, VR.UT, VR.UR);
  private static final Set<VR> WITH_FORM =
      Set.of(VR.AS, VR.CS, VR.DA, VR.DS, VR.DT, VR.IS, VR.TM, VR.UI);

  private final List<int[]> steps;
  private final int tag;
  private final String path;
  private final List<Attribute> rows = new ArrayList<>();
  private boolean required;

  private TablePlace(List<int[]> steps, int tag, String path) {
    this.steps = steps;
    this.tag = tag;
    this.path = path;
  }

  /** All places of an object. */
  public static List<TablePlace> of(Attributes dataset) {
    ModuleTables tables = ModuleTables.read();
    Map<String, TablePlace> places = new LinkedHashMap<>();
    ObjectTable table =
        tables.object(dataset.getString(Tag.SOPClassUID)).orElseThrow(AssertionError::new);
    for (ObjectTable.Module module : table.modules()) {
      collect(new Item(dataset, ""), module.block().rows(), List.of(), places);
      List<Attribute> there =
          tables.attributes(module.block().rows()).stream()
              .filter(attribute -> dataset.contains(attribute.name().tag()))
              .toList();
      if (!module.mandatory() && there.size() == 1) {
        // Without its only attribute the module is not there.
        places.remove(Paths.of("", there.get(0).name().tag()));
      }
    }
    places.remove(Paths.of("", Tag.SOPClassUID));
    return List.copyOf(places.values());
  }

  private static void collect(
      Item item, List<Row> rows, List<int[]> steps, Map<String, TablePlace> places) {
    ModuleTables tables = ModuleTables.read();
    for (Attribute attribute : tables.attributes(rows)) {
      int tag = attribute.name().tag();
      if (!item.attributes().contains(tag)) {
        continue;
      }
      String path = item.path(tag);
      String alike = path.replaceAll("\\[\\d+]", "");
      TablePlace place = places.computeIfAbsent(alike, any -> new TablePlace(steps, tag, path));
      if (place.path.equals(path)) {
        place.add(attribute, item.attributes());
      }
      List<Item> items = attribute.isSequence() ? item.items(tag) : List.of();
      for (int i = 0; i < items.size(); i++) {
        List<int[]> deeper = new ArrayList<>(steps);
        deeper.add(new int[] {tag, i});
        collect(items.get(i), attribute.items(), deeper, places);
      }
    }
  }

  private void add(Attribute attribute, Attributes item) {
    rows.add(attribute);
    required |=
        switch (attribute.type()) {
          case REQUIRED, MAY_BE_EMPTY -> true;
          case OPTIONAL -> false;
          case CONDITIONAL, CONDITIONAL_MAY_BE_EMPTY ->
              attribute
                  .constraint()
                  .condition()
                  .map(condition -> condition.holds(item, ModuleTables.read()::tagOf))
                  .orElse(false);
        };
  }

  public String path() {
    return path;
  }

  /** Whether it must be there. */
  public boolean isRequired() {
    return required;
  }

  /** Whether it must have a value where it is. */
  public boolean needsValue() {
    return rows.stream().anyMatch(row -> row.type().needsValue() && !row.multiplicity().allows(0));
  }

  /** Whether the standard enumerates its values, and it has one. */
  public boolean isEnumerated(Attributes dataset) {
    return item(dataset).containsValue(tag)
        && rows.stream().anyMatch(row -> !row.constraint().values().isEmpty());
  }

  /** Whether it may have one value or item only, and can have two. */
  public boolean isSingle(Attributes dataset) {
    return item(dataset).containsValue(tag)
        && !ONE_TEXT.contains(item(dataset).getVR(tag))
        && rows.stream().anyMatch(row -> row.multiplicity().most() == 1);
  }

  /** Whether its representation prescribes a form, and it has a value. */
  public boolean hasForm(Attributes dataset) {
    return item(dataset).containsValue(tag) && WITH_FORM.contains(item(dataset).getVR(tag));
  }

  /** Whether a file can give it another representation: that of the character set is known. */
  public boolean isRepresented(Attributes dataset) {
    return item(dataset).contains(tag) && tag != Tag.SpecificCharacterSet;
  }

  public void remove(Attributes dataset) {
    item(dataset).remove(tag);
  }

  public void empty(Attributes dataset) {
    item(dataset).setNull(tag, item(dataset).getVR(tag));
  }

  /** Gives it a value that no table enumerates. */
  public void another(Attributes dataset) {
    Attributes item = item(dataset);
    VR vr = item.getVR(tag);
    if (vr.isStringType()) {
      item.setString(tag, vr, "ELSE");
    } else {
      item.setInt(tag, vr, 77);
    }
  }

  public void represent(Attributes dataset) {
    boolean text = rows.get(0).representations().contains("UT");
    item(dataset).setString(tag, text ? VR.LO : VR.UT, "1");
  }

  public void twice(Attributes dataset) {
    Attributes item = item(dataset);
    VR vr = item.getVR(tag);
    if (vr == VR.SQ) {
      Sequence sequence = item.getSequence(tag);
      sequence.add(new Attributes(sequence.get(0)));
    } else if (vr.isStringType()) {
      String value = item.getString(tag);
      item.setString(tag, vr, value, value);
    } else if (vr == VR.FD) {
      item.setDouble(tag, vr, 1, 1);
    } else {
      int value = item.getInt(tag, 0);
      item.setInt(tag, vr, value, value);
    }
  }

  public void misform(Attributes dataset) {
    item(dataset).setString(tag, item(dataset).getVR(tag), "?!");
  }

  private Attributes item(Attributes dataset) {
    Attributes item = dataset;
    for (int[] step : steps) {
      item = item.getSequence(step[0]).get(step[1]);
    }
    return item;
  }
}
