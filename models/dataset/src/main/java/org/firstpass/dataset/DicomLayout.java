package org.firstpass.dataset;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.firstpass.dataset.split.Split;

/** DICOM: per side a folder per case, with the source instances and the Segmentation. */
final class DicomLayout implements DatasetLayout {
  static final String SEGMENTATION = "seg.dcm";

  @Override
  public String image(CasePlace place) {
    return place.side() + "/" + place.name() + "/source";
  }

  @Override
  public String label(CasePlace place) {
    return place.side() + "/" + place.name() + "/" + SEGMENTATION;
  }

  @Override
  public void place(DatasetCase one, StagingFolder staging) {
    String image = one.files().image().path();
    staging.move(StagingFolder.folder(one.name()), image.substring(0, image.lastIndexOf('/')));
  }

  @Override
  public Map<String, Object> indexFiles(DatasetManifest manifest) {
    var json = new LinkedHashMap<String, Object>();
    json.put("name", manifest.dataset().name());
    for (Split split : Split.values()) {
      var cases = new ArrayList<Map<String, String>>();
      for (DatasetCase one : manifest.casesOf(split)) {
        var entry = new LinkedHashMap<String, String>();
        entry.put("case", one.name());
        entry.put("patient", one.source().patient().value());
        entry.put("series", one.source().reference().series().value());
        entry.put("source", one.files().image().path());
        entry.put("segmentation", one.files().label().path());
        cases.add(entry);
      }
      json.put(CasePlace.side(split), List.copyOf(cases));
    }
    return Map.of("cases.json", json);
  }
}
