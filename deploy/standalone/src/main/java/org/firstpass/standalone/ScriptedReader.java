package org.firstpass.standalone;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.segment.Verdict;
import org.firstpass.volume.LabelMap;
import org.firstpass.volume.LabelOverlap;
import org.firstpass.volume.contour.AddedPath;

/**
 * Reads tasks as a person would, through the same API, but knows the truth of phantoms: what is
 * good enough is accepted, the rest is drawn anew.
 */
final class ScriptedReader {
  /** A segment with a Dice below this is corrected. */
  private static final double GOOD_ENOUGH = 0.95;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final ReviewClient client;

  ScriptedReader(ReviewClient client) {
    this.client = client;
  }

  /**
   * What one reading came to.
   *
   * @param corrected segments that were drawn anew
   * @param drawnMm contour that was drawn for it, over all slices
   * @param before mean Dice of the proposal over the segments, NaN if the truth is not known
   * @param after mean Dice of what was accepted
   */
  record Reading(int corrected, int segments, double drawnMm, double before, double after) {}

  /** Reads a claimed task to its end. */
  Reading read(JsonNode claim, DemoStudy study) {
    JsonNode task = claim.path("task");
    String id = task.path("id").asText();
    GridGeometry grid = client.geometry(id);
    var proposed = new LabelMap(grid, client.labels(id));
    Optional<LabelMap> truth = study.truthOn(grid);
    List<Integer> numbers = segmentNumbers(task);
    List<Integer> wrong = new ArrayList<>();
    truth.ifPresent(
        known ->
            numbers.stream()
                .filter(number -> Dice.of(proposed, known, number) < GOOD_ENOUGH)
                .forEach(wrong::add));
    LabelMap accepted = truth.map(known -> redraw(proposed, known, wrong)).orElse(proposed);
    client.submit(
        id,
        claim.path("transaction").asText(),
        decision(proposed, accepted, numbers),
        wrong.isEmpty() ? null : accepted.toArray());
    return new Reading(
        wrong.size(),
        numbers.size(),
        drawnMm(proposed, accepted),
        truth.map(known -> mean(proposed, known, numbers)).orElse(Double.NaN),
        truth.map(known -> mean(accepted, known, numbers)).orElse(Double.NaN));
  }

  private static List<Integer> segmentNumbers(JsonNode task) {
    List<Integer> numbers = new ArrayList<>();
    task.path("schema")
        .path("segments")
        .forEach(segment -> numbers.add(segment.path("number").asInt()));
    return numbers;
  }

  /** The proposal, with the wrong segments as the truth has them. */
  private static LabelMap redraw(LabelMap proposed, LabelMap truth, List<Integer> wrong) {
    var labels = proposed.toArray();
    for (int i = 0; i < labels.length; i++) {
      int known = truth.labelAt(i);
      if (wrong.contains(known)) {
        labels[i] = (short) known;
      } else if (wrong.contains(proposed.labelAt(i))) {
        labels[i] = 0;
      }
    }
    return new LabelMap(proposed.geometry(), labels);
  }

  private static double drawnMm(LabelMap proposed, LabelMap accepted) {
    return LabelOverlap.ofEach(proposed, accepted).entrySet().stream()
        .mapToDouble(each -> AddedPath.mm(proposed, accepted, each.getKey(), each.getValue().box()))
        .sum();
  }

  private static ObjectNode decision(LabelMap proposed, LabelMap accepted, List<Integer> numbers) {
    ObjectNode decision = JSON.createObjectNode();
    ArrayNode segments = decision.putArray("segments");
    long[] was = proposed.histogram();
    long[] is = accepted.histogram();
    int changed = 0;
    for (int number : numbers) {
      double dice = Dice.of(proposed, accepted, number);
      Verdict verdict = verdict(count(was, number), count(is, number), dice);
      changed += verdict == Verdict.ACCEPT ? 0 : 1;
      segments.addObject().put("number", number).put("verdict", verdict.name());
    }
    return decision.put("activeMillis", 1000L * (5 + 10L * changed));
  }

  private static Verdict verdict(long was, long is, double dice) {
    if (dice == 1) {
      return Verdict.ACCEPT;
    }
    if (was == 0) {
      return Verdict.MISSING;
    }
    if (is == 0) {
      return Verdict.REJECT;
    }
    return dice >= GOOD_ENOUGH ? Verdict.MINOR : Verdict.MAJOR;
  }

  private static long count(long[] voxels, int number) {
    return number < voxels.length ? voxels[number] : 0;
  }

  private static double mean(LabelMap labels, LabelMap truth, List<Integer> numbers) {
    return numbers.stream()
        .mapToDouble(number -> Dice.of(labels, truth, number))
        .average()
        .orElse(Double.NaN);
  }
}
