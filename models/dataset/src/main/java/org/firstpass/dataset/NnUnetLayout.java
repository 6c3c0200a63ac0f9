package org.firstpass.dataset;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.firstpass.dataset.split.Split;

/**
 * nnU-Net v2's raw data format, with the labels of the test cases beside it in {@code labelsTs}.
 *
 * <p>{@code splits_final.json} keeps training and validation apart by patient; it belongs into the
 * data set's folder in {@code nnUNet_preprocessed}, where nnU-Net would otherwise make five folds
 * of its own that know no patients.
 */
final class NnUnetLayout implements DatasetLayout {
  private static final String FILE_ENDING = ".nii.gz";
  private static final String ONLY_CHANNEL = "_0000";

  private final String folder;

  NnUnetLayout(DatasetDescription dataset) {
    this.folder = String.format(Locale.ROOT, "Dataset%03d_%s/", dataset.number(), dataset.name());
  }

  @Override
  public String image(CasePlace place) {
    return folder
        + (place.split() == Split.TEST ? "imagesTs/" : "imagesTr/")
        + place.name()
        + ONLY_CHANNEL
        + FILE_ENDING;
  }

  @Override
  public String label(CasePlace place) {
    return folder
        + (place.split() == Split.TEST ? "labelsTs/" : "labelsTr/")
        + place.name()
        + FILE_ENDING;
  }

  @Override
  public Map<String, Object> indexFiles(DatasetManifest manifest) {
    var files = new LinkedHashMap<String, Object>();
    files.put(folder + "dataset.json", datasetJson(manifest));
    files.put(folder + "splits_final.json", List.of(onlyFold(manifest)));
    return files;
  }

  private static Map<String, Object> onlyFold(DatasetManifest manifest) {
    var fold = new LinkedHashMap<String, Object>();
    fold.put("train", names(manifest, Split.TRAINING));
    fold.put("val", names(manifest, Split.VALIDATION));
    return fold;
  }

  private static Map<String, Object> datasetJson(DatasetManifest manifest) {
    var labels = new LinkedHashMap<String, Integer>();
    labels.put("background", 0);
    manifest.labels().forEach(value -> labels.put(value.name(), value.value()));
    Integer ignore = manifest.dataset().ignoreValue();
    if (ignore != null) {
      labels.put("ignore", ignore);
    }
    var json = new LinkedHashMap<String, Object>();
    json.put("name", manifest.dataset().name());
    json.put("channel_names", Map.of("0", channelName(manifest.dataset().modality())));
    json.put("labels", labels);
    json.put("numTraining", manifest.count(Split.TRAINING) + manifest.count(Split.VALIDATION));
    json.put("file_ending", FILE_ENDING);
    return json;
  }

  // nnU-Net normalises by this name: "CT" by the data set's intensities, all others per case.
  private static String channelName(String modality) {
    return switch (modality) {
      case "MR" -> "MRI";
      case "PT" -> "PET";
      default -> modality;
    };
  }

  private static List<String> names(DatasetManifest manifest, Split split) {
    return manifest.casesOf(split).stream().map(DatasetCase::name).toList();
  }
}
