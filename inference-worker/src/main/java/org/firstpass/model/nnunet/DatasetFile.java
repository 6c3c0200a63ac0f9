package org.firstpass.model.nnunet;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.firstpass.model.LabelSpec;
import org.firstpass.model.LabelSpec.LabelledChannel;
import org.firstpass.model.OutputSpec.Activation;
import org.firstpass.model.importing.ImportNotes;
import org.firstpass.model.importing.ModelJson;
import org.firstpass.model.importing.SegmentNaming;
import org.firstpass.model.importing.Unsupported;

/**
 * {@code dataset.json}: channels and labels.
 *
 * @see <a href="https://github.com/MIC-DKFZ/nnUNet">nnU-Net v2, label_handling.py</a>
 */
final class DatasetFile {
  private final ModelJson json;
  private final List<Region> regions = new ArrayList<>();

  DatasetFile(Path file) {
    this.json = ModelJson.read(file);
    ModelJson labels = json.part("labels");
    for (String name : labels.fields()) {
      JsonNode value = labels.node().path(name);
      // The label that training ignored is no output.
      if (!name.equals("ignore")) {
        regions.add(new Region(name, values(name, value)));
      }
    }
    if (regions.stream().noneMatch(region -> region.isBackground())) {
      throw Unsupported.malformed(json.toString(), "labels must have a background of 0");
    }
  }

  /** A label, or a region of several. */
  private record Region(String name, List<Integer> values) {
    boolean isBackground() {
      return values.stream().allMatch(value -> value == 0);
    }
  }

  private List<Integer> values(String name, JsonNode value) {
    List<Integer> values = new ArrayList<>();
    for (JsonNode each : value.isArray() ? value : List.of(value)) {
      if (!each.isInt()) {
        throw Unsupported.malformed(
            json.toString(),
            "labels must give each name a number (nnU-Net v2), but '" + name + "' has " + value);
      }
      values.add(each.asInt());
    }
    return values;
  }

  /** The names of the channels, in order. */
  List<String> channels() {
    ModelJson names = json.part(json.has("channel_names") ? "channel_names" : "modality");
    var ordered = new TreeMap<Integer, String>();
    for (String index : names.fields()) {
      ordered.put(Integer.valueOf(index), names.node().path(index).asText());
    }
    return List.copyOf(ordered.values());
  }

  /** Regions may contain each other; plain labels exclude each other. */
  Activation activation() {
    return hasRegions() ? Activation.REGIONS : Activation.SOFTMAX;
  }

  boolean hasRegions() {
    return regions.stream().anyMatch(region -> region.values().size() > 1);
  }

  /** How many channels the network answers. */
  int outputs() {
    return hasRegions() ? foreground().size() : regions.size();
  }

  boolean hasSides() {
    return regions.stream()
        .anyMatch(
            region ->
                region
                    .name()
                    .toLowerCase(Locale.ROOT)
                    .matches(".*\\b(left|right)\\b.*|.*_(left|right)|(left|right)_.*"));
  }

  LabelSpec labels(String schema, ImportNotes notes) {
    var naming = new SegmentNaming(notes);
    return new LabelSpec(
        schema, 1, hasRegions() ? regionSegments(naming, notes) : labelSegments(naming));
  }

  private List<Region> foreground() {
    return regions.stream().filter(region -> !region.isBackground()).toList();
  }

  private List<LabelledChannel> labelSegments(SegmentNaming naming) {
    List<LabelledChannel> segments = new ArrayList<>();
    List<Integer> values = new ArrayList<>();
    for (Region region : regions) {
      int value = region.values().get(0);
      values.add(value);
      if (value != 0) {
        segments.add(new LabelledChannel(value, naming.segment(value, region.name()), null));
      }
    }
    for (int value = 0; value < values.size(); value++) {
      if (!values.contains(value)) {
        throw Unsupported.malformed(
            json.toString(), "labels must be 0, 1, 2 and so on, but are " + values);
      }
    }
    return segments;
  }

  /** Channel i is region i; where regions overlap the later one of regions_class_order shows. */
  private List<LabelledChannel> regionSegments(SegmentNaming naming, ImportNotes notes) {
    List<Integer> order = json.wholeNumbers("regions_class_order");
    List<Region> parts = foreground();
    if (order.size() != parts.size() || order.stream().distinct().count() != order.size()) {
      throw Unsupported.malformed(
          json.toString(),
          "regions_class_order must have one number for each region, but is " + order);
    }
    List<LabelledChannel> segments = new ArrayList<>();
    for (int channel = 0; channel < parts.size(); channel++) {
      String name = parts.get(channel).name();
      segments.add(new LabelledChannel(channel, naming.segment(order.get(channel), name), null));
    }
    notes.decided(
        "output.activation REGIONS",
        "labels have regions; where they overlap the last one shows, order " + order);
    notes.check(
        "a segment shows what later regions leave of its region: name and code"
            + " of each segment must say what is left (of a whole tumour for instance the edema)");
    return segments;
  }
}
