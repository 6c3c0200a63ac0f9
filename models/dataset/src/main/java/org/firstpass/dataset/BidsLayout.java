package org.firstpass.dataset;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.firstpass.study.PatientKey;
import org.jspecify.annotations.Nullable;

/**
 * A BIDS derivative: each patient is a subject, each series an acquisition of it; the labels are
 * discrete segmentations ({@code dseg}), whose values {@code desc-accepted_dseg.tsv} names.
 *
 * <p>BIDS has no suffix for CT and none for an MR contrast that nobody stated: such images are
 * called {@code _ct} and {@code _mr}, and {@code .bidsignore} says so.
 */
final class BidsLayout implements DatasetLayout {
  private static final String VERSION = "1.10.0";

  private final String folder;
  private final String suffix;

  BidsLayout(DatasetDescription dataset) {
    boolean pet = dataset.modality().equals("PT");
    this.folder = pet ? "pet" : "anat";
    this.suffix = pet ? "pet" : dataset.modality().toLowerCase(Locale.ROOT);
  }

  @Override
  public String image(CasePlace place) {
    return stem(place.patient(), place.name()) + "_" + suffix + ".nii.gz";
  }

  @Override
  public String label(CasePlace place) {
    return stem(place.patient(), place.name()) + "_desc-accepted_dseg.nii.gz";
  }

  private String stem(PatientKey patient, String name) {
    String subject = subject(patient);
    return subject + "/" + folder + "/" + subject + "_acq-" + name.replaceAll("^case_", "");
  }

  private static String subject(PatientKey patient) {
    return "sub-" + patient.value().replaceAll("[^A-Za-z0-9]", "");
  }

  @Override
  public Map<String, Object> indexFiles(DatasetManifest manifest) {
    var files = new LinkedHashMap<String, Object>();
    files.put("dataset_description.json", description(manifest));
    files.put("participants.tsv", participants(manifest));
    files.put("participants.json", Map.of("split", split()));
    files.put("desc-accepted_dseg.tsv", values(manifest));
    files.put(".bidsignore", "manifest.json\nSHA256SUMS\n*_" + suffix + ".nii.gz\n");
    for (DatasetCase one : manifest.cases()) {
      String label = one.files().label().path();
      files.put(label.replaceAll("\\.nii\\.gz$", ".json"), sidecar(one));
    }
    return files;
  }

  private static Map<String, Object> description(DatasetManifest manifest) {
    var json = new LinkedHashMap<String, Object>();
    json.put("Name", manifest.dataset().name());
    json.put("BIDSVersion", VERSION);
    json.put("DatasetType", "derivative");
    String licence = licence(manifest);
    if (licence != null) {
      json.put("License", licence);
    }
    json.put("GeneratedBy", List.of(Map.of("Name", "Firstpass")));
    return json;
  }

  private static @Nullable String licence(DatasetManifest manifest) {
    return manifest.origin() == null ? null : manifest.origin().licences().data();
  }

  private static Map<String, Object> split() {
    var json = new LinkedHashMap<String, Object>();
    json.put("Description", "The side of the patient, decided once and for ever");
    var levels = new LinkedHashMap<String, String>();
    levels.put("training", "weights are fitted to these");
    levels.put("validation", "choices between models go by these");
    levels.put("test", "final figures come from these");
    json.put("Levels", levels);
    return json;
  }

  private static String participants(DatasetManifest manifest) {
    var sides = new TreeMap<String, String>();
    manifest
        .cases()
        .forEach(one -> sides.put(subject(one.source().patient()), CasePlace.side(one.split())));
    var text = new StringBuilder("participant_id\tsplit\n");
    sides.forEach((subject, side) -> text.append(subject + "\t" + side + "\n"));
    return text.toString();
  }

  private static String values(DatasetManifest manifest) {
    var text = new StringBuilder("index\tname\n0\tbackground\n");
    manifest
        .labels()
        .forEach(one -> text.append(one.value() + "\t" + one.name().replace('\t', ' ') + "\n"));
    return text.toString();
  }

  private static Map<String, Object> sidecar(DatasetCase one) {
    var json = new LinkedHashMap<String, Object>();
    json.put("Manual", true);
    json.put("SpatialReference", "bids::" + one.files().image().path());
    json.put("Sources", List.of("bids::" + one.files().image().path()));
    return json;
  }
}
