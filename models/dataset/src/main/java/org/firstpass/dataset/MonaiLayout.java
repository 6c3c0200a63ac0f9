package org.firstpass.dataset;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.firstpass.dataset.split.Split;

/** A MONAI data list, {@code datalist.json}, whose paths are relative to its folder. */
final class MonaiLayout implements DatasetLayout {
  @Override
  public String image(CasePlace place) {
    return "images/" + place.name() + ".nii.gz";
  }

  @Override
  public String label(CasePlace place) {
    return "labels/" + place.name() + ".nii.gz";
  }

  @Override
  public Map<String, Object> indexFiles(DatasetManifest manifest) {
    var labels = new LinkedHashMap<String, String>();
    labels.put("0", "background");
    manifest.labels().forEach(value -> labels.put("" + value.value(), value.name()));
    var json = new LinkedHashMap<String, Object>();
    json.put("name", manifest.dataset().name());
    json.put("modality", Map.of("0", manifest.dataset().modality()));
    json.put("labels", labels);
    json.put("numTraining", manifest.count(Split.TRAINING));
    json.put("numValidation", manifest.count(Split.VALIDATION));
    json.put("numTest", manifest.count(Split.TEST));
    json.put("training", section(manifest, Split.TRAINING));
    json.put("validation", section(manifest, Split.VALIDATION));
    json.put("test", section(manifest, Split.TEST));
    return Map.of("datalist.json", json);
  }

  private static List<Map<String, String>> section(DatasetManifest manifest, Split split) {
    return manifest.casesOf(split).stream().map(MonaiLayout::entry).toList();
  }

  private static Map<String, String> entry(DatasetCase one) {
    var entry = new LinkedHashMap<String, String>();
    entry.put("image", one.files().image().path());
    entry.put("label", one.files().label().path());
    entry.put("case", one.name());
    entry.put("patient", one.source().patient().value());
    return entry;
  }
}
