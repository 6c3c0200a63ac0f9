package org.firstpass.dataset;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.firstpass.dataset.split.Split;
import org.firstpass.event.EventJson;

/** COCO: per side a folder of pictures and one file of instances, masks as run lengths. */
final class CocoLayout implements DatasetLayout {
  private static final ObjectMapper MAPPER = EventJson.mapper();

  @Override
  public String image(CasePlace place) {
    return "images/" + place.side() + "/" + place.name();
  }

  @Override
  public String label(CasePlace place) {
    return instances(place.split());
  }

  private static String instances(Split split) {
    return "annotations/instances_" + CasePlace.side(split) + ".json";
  }

  @Override
  public void place(DatasetCase one, StagingFolder staging) {
    staging.move(StagingFolder.folder(one.name()) + CocoFiles.FRAMES, one.files().image().path());
  }

  @Override
  public void gather(DatasetManifest manifest, StagingFolder staging) {
    for (Split split : Split.values()) {
      Map<String, Object> json = json(manifest, split, staging);
      staging.write(instances(split), out -> out.write(DatasetJson.write(json)));
    }
  }

  private static Map<String, Object> json(
      DatasetManifest manifest, Split split, StagingFolder staging) {
    var images = new ArrayList<Map<String, Object>>();
    var annotations = new ArrayList<Map<String, Object>>();
    for (DatasetCase one : manifest.casesOf(split)) {
      for (CocoFrame frame : frames(one, staging)) {
        int id = images.size() + 1;
        images.add(image(id, one, frame));
        for (CocoFrame.Region region : frame.regions()) {
          annotations.add(annotation(annotations.size() + 1, id, frame, region));
        }
      }
    }
    var json = new LinkedHashMap<String, Object>();
    json.put("info", Map.of("description", manifest.dataset().name()));
    json.put("licenses", licences(manifest));
    json.put("categories", categories(manifest));
    json.put("images", images);
    json.put("annotations", annotations);
    return json;
  }

  private static List<CocoFrame> frames(DatasetCase one, StagingFolder staging) {
    String path = StagingFolder.folder(one.name()) + CocoFiles.REGIONS;
    try {
      return List.of(MAPPER.readValue(staging.at(path).toFile(), CocoFrame[].class));
    } catch (IOException e) {
      throw new UncheckedIOException("what was labelled on " + one.name() + " is gone", e);
    }
  }

  private static Map<String, Object> image(int id, DatasetCase one, CocoFrame frame) {
    String path = one.files().image().path() + "/" + frame.file();
    var image = new LinkedHashMap<String, Object>();
    image.put("id", id);
    image.put("file_name", path.substring(path.indexOf('/', "images/".length()) + 1));
    image.put("width", frame.width());
    image.put("height", frame.height());
    image.put("case", one.name());
    image.put("slope", frame.slope());
    image.put("intercept", frame.intercept());
    return image;
  }

  private static Map<String, Object> annotation(
      int id, int image, CocoFrame frame, CocoFrame.Region region) {
    var segmentation = new LinkedHashMap<String, Object>();
    segmentation.put("size", List.of(frame.height(), frame.width()));
    segmentation.put("counts", region.counts());
    var annotation = new LinkedHashMap<String, Object>();
    annotation.put("id", id);
    annotation.put("image_id", image);
    annotation.put("category_id", region.value());
    annotation.put("bbox", region.box());
    annotation.put("area", region.area());
    annotation.put("iscrowd", 0);
    annotation.put("segmentation", segmentation);
    return annotation;
  }

  private static List<Map<String, Object>> licences(DatasetManifest manifest) {
    String data = manifest.origin() == null ? null : manifest.origin().licences().data();
    if (data == null) {
      return List.of();
    }
    var licence = new LinkedHashMap<String, Object>();
    licence.put("id", 1);
    licence.put("name", data);
    return List.of(licence);
  }

  private static List<Map<String, Object>> categories(DatasetManifest manifest) {
    var categories = new ArrayList<Map<String, Object>>();
    for (LabelValue label : manifest.labels()) {
      var category = new LinkedHashMap<String, Object>();
      category.put("id", label.value());
      category.put("name", label.name());
      categories.add(category);
    }
    return categories;
  }

  @Override
  public Map<String, Object> indexFiles(DatasetManifest manifest) {
    return Map.of();
  }
}
