package org.firstpass.dataset.register;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What one data set has and another has not, by names of cases.
 *
 * @param relabelled with other labels on the same image
 * @param moved on another side; the split ledger keeps it empty
 * @param same with the same image, labels and side
 */
public record VersionDifference(
    List<String> added,
    List<String> removed,
    List<String> relabelled,
    List<String> moved,
    int same) {
  public VersionDifference {
    added = List.copyOf(added);
    removed = List.copyOf(removed);
    relabelled = List.copyOf(relabelled);
    moved = List.copyOf(moved);
  }

  /** From one to the other; both are the bytes of a {@code manifest.json}. */
  public static VersionDifference between(byte[] from, byte[] to) {
    var before = byName(from);
    var after = byName(to);
    var relabelled = new ArrayList<String>();
    var moved = new ArrayList<String>();
    int same = 0;
    for (var entry : after.entrySet()) {
      JsonNode old = before.get(entry.getKey());
      if (old == null) {
        continue;
      }
      boolean otherLabels = !sameAt("/files/label/niftiDigest", old, entry.getValue());
      boolean otherSide = !sameAt("/split", old, entry.getValue());
      if (otherLabels) {
        relabelled.add(entry.getKey());
      }
      if (otherSide) {
        moved.add(entry.getKey());
      }
      same += otherLabels || otherSide ? 0 : 1;
    }
    return new VersionDifference(
        missing(after, before), missing(before, after), relabelled, moved, same);
  }

  private static TreeMap<String, JsonNode> byName(byte[] manifest) {
    var cases = new TreeMap<String, JsonNode>();
    new ManifestText(manifest).cases().forEach(one -> cases.put(one.path("name").asText(), one));
    return cases;
  }

  private static List<String> missing(
      TreeMap<String, JsonNode> there, TreeMap<String, JsonNode> elsewhere) {
    return there.keySet().stream().filter(name -> !elsewhere.containsKey(name)).toList();
  }

  private static boolean sameAt(String path, JsonNode one, JsonNode other) {
    return Objects.equals(one.at(path), other.at(path));
  }
}
