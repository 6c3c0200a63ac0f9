package org.firstpass.dataset;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.firstpass.dataset.split.Split;

/**
 * WebDataset: per side one tar file after another, each with image, label and JSON of some cases
 * beside each other, for trainers that read from one end to the other.
 */
final class WebDatasetLayout implements DatasetLayout {
  static final int CASES_PER_SHARD = 32;

  private static final String IMAGE = ".image.nii.gz";
  private static final String LABEL = ".label.nii.gz";

  @Override
  public String image(CasePlace place) {
    return shard(place.side(), place.number()) + "/" + place.name() + IMAGE;
  }

  @Override
  public String label(CasePlace place) {
    return shard(place.side(), place.number()) + "/" + place.name() + LABEL;
  }

  private static String shard(String side, int number) {
    return String.format(Locale.ROOT, "%s-%06d.tar", side, number / CASES_PER_SHARD);
  }

  @Override
  public void place(DatasetCase one, StagingFolder staging) {
    // They stay where they are until all cases of a shard are known.
  }

  @Override
  public void gather(DatasetManifest manifest, StagingFolder staging) {
    shards(manifest)
        .forEach(
            (path, cases) ->
                staging.write(
                    path,
                    out -> {
                      var tar = new TarWriter(out);
                      for (DatasetCase one : cases) {
                        tar.file(one.name() + IMAGE, staging.at(StagingFolder.image(one.name())));
                        tar.file(one.name() + LABEL, staging.at(StagingFolder.label(one.name())));
                        tar.file(one.name() + ".json", DatasetJson.write(one));
                      }
                      tar.end();
                    }));
  }

  private static Map<String, List<DatasetCase>> shards(DatasetManifest manifest) {
    var shards = new TreeMap<String, List<DatasetCase>>();
    for (DatasetCase one : manifest.cases()) {
      String path = one.files().image().path();
      shards
          .computeIfAbsent(path.substring(0, path.indexOf('/')), key -> new ArrayList<>())
          .add(one);
    }
    return shards;
  }

  @Override
  public Map<String, Object> indexFiles(DatasetManifest manifest) {
    var json = new LinkedHashMap<String, Object>();
    json.put("name", manifest.dataset().name());
    var labels = new LinkedHashMap<String, String>();
    labels.put("0", "background");
    manifest.labels().forEach(value -> labels.put("" + value.value(), value.name()));
    json.put("labels", labels);
    Map<String, List<DatasetCase>> shards = shards(manifest);
    for (Split split : Split.values()) {
      String side = CasePlace.side(split);
      json.put(
          side,
          shards.entrySet().stream()
              .filter(entry -> entry.getKey().startsWith(side))
              .map(entry -> Map.of("shard", entry.getKey(), "cases", entry.getValue().size()))
              .map(TreeMap::new)
              .toList());
    }
    return Map.of("shards.json", json);
  }
}
