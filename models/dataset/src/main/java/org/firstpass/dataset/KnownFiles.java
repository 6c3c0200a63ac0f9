package org.firstpass.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.firstpass.event.EventJson;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.study.Sha256;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * NIfTI files that were written before, by what is in them: those of an earlier version of the data
 * set, and those of an export that did not come to its end.
 *
 * <p>Nothing is believed: a file counts if its content has the digest that was noted of it.
 */
final class KnownFiles {
  static final String NOTE = "case.json";

  private static final Logger LOG = LoggerFactory.getLogger(KnownFiles.class);
  private static final ObjectMapper MAPPER = EventJson.mapper();

  private final Map<Sha256, Image> images = new HashMap<>();
  private final Map<Sha256, Label> labels = new HashMap<>();

  /** The image of a series revision. */
  record Image(Path file, Sha256 digest, GridGeometry geometry) {}

  /** Labels on the grid of a series revision. */
  record Label(Path file, Sha256 digest, SortedMap<Integer, Long> voxels) {}

  /** What an export notes of a case whose files are whole. */
  record Note(Sha256 revision, Sha256 labelKey, CaseContent content) {}

  /** What the labels of a case depend on: on what grid, what was accepted, and as which values. */
  static Sha256 labelKey(
      Sha256 revision, Sha256 accepted, List<LabelValue> values, int background) {
    var text = new StringBuilder(revision + " " + accepted + " " + background);
    values.forEach(one -> text.append(" " + one.segmentNumber() + "=" + one.value()));
    return Sha256.of(text.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** Adds what an export left that did not come to its end. */
  void addUnfinished(Path cases) {
    if (!Files.isDirectory(cases)) {
      return;
    }
    try (Stream<Path> folders = Files.list(cases)) {
      folders.filter(folder -> Files.exists(folder.resolve(NOTE))).forEach(this::addNoted);
    } catch (IOException e) {
      LOG.warn("what an earlier export left in {} cannot be read and is written anew", cases, e);
    }
  }

  private void addNoted(Path folder) {
    try {
      var note = MAPPER.readValue(folder.resolve(NOTE).toFile(), Note.class);
      CaseContent content = note.content();
      images.put(
          note.revision(),
          new Image(folder.resolve("image.nii.gz"), content.image(), content.geometry()));
      labels.put(
          note.labelKey(),
          new Label(folder.resolve("label.nii.gz"), content.label(), content.voxels()));
    } catch (IOException e) {
      LOG.warn("what an earlier export left in {} is not whole and is written anew", folder, e);
    }
  }

  /** Adds the files of a data set. */
  void addDataset(Path folder, byte[] manifest) {
    try {
      JsonNode json = MAPPER.readTree(manifest);
      // Which of its cases have the ignore label is not worth finding out.
      boolean plainBackground = !json.path("dataset").has("ignoreValue");
      List<LabelValue> values =
          List.of(MAPPER.treeToValue(json.path("labels"), LabelValue[].class));
      for (JsonNode one : json.path("cases")) {
        var revision = new Sha256(one.at("/source/revisionHash").asText());
        JsonNode files = one.path("files");
        images.putIfAbsent(
            revision,
            new Image(
                folder.resolve(files.at("/image/path").asText()),
                new Sha256(files.at("/image/niftiDigest").asText()),
                MAPPER.treeToValue(files.path("geometry"), GridGeometry.class)));
        if (plainBackground) {
          var accepted = new Sha256(one.at("/provenance/outcome/labels").asText());
          labels.putIfAbsent(
              labelKey(revision, accepted, values, 0),
              new Label(
                  folder.resolve(files.at("/label/path").asText()),
                  new Sha256(files.at("/label/niftiDigest").asText()),
                  voxels(files.path("voxels"))));
        }
      }
    } catch (IOException | IllegalArgumentException e) {
      LOG.warn("the data set in {} cannot be read, so that no file of it is shared", folder, e);
    }
  }

  private static SortedMap<Integer, Long> voxels(JsonNode json) {
    var voxels = new TreeMap<Integer, Long>();
    for (Iterator<Map.Entry<String, JsonNode>> fields = json.fields(); fields.hasNext(); ) {
      Map.Entry<String, JsonNode> field = fields.next();
      voxels.put(Integer.valueOf(field.getKey()), field.getValue().asLong());
    }
    return voxels;
  }

  Optional<Image> image(Sha256 revision) {
    return Optional.ofNullable(images.get(revision)).filter(one -> has(one.file(), one.digest()));
  }

  Optional<Label> label(Sha256 labelKey) {
    return Optional.ofNullable(labels.get(labelKey)).filter(one -> has(one.file(), one.digest()));
  }

  private static boolean has(Path file, Sha256 digest) {
    if (!Files.isRegularFile(file)) {
      return false;
    }
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file), 1 << 16)) {
      var found = Sha256.newDigest();
      var buffer = new byte[1 << 16];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        found.update(buffer, 0, read);
      }
      return Sha256.from(found.digest()).equals(digest);
    } catch (IOException e) {
      LOG.warn("{} cannot be read, and is written anew", file, e);
      return false;
    }
  }
}
