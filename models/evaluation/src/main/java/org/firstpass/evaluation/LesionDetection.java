package org.firstpass.evaluation;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.volume.Component;
import org.firstpass.volume.Components;
import org.firstpass.volume.LabelMap;

/**
 * How many lesions of one segment were found. A lesion is a 26-connected component of its label; a
 * proposed one finds at most one lesion and a lesion is found at most once: pairs are taken by
 * falling intersection over union as long as it reaches the threshold.
 *
 * @param lesions of the reference
 * @param proposed components of the proposal
 * @param found lesions that have a proposed component, and components that have a lesion
 * @see "Maier-Hein et al. 2024, Metrics reloaded, Nature Methods 21:195 (detection per object:
 *     localisation by mask IoU, greedy assignment)"
 */
public record LesionDetection(int lesions, int proposed, int found) {
  public LesionDetection {
    if (found < 0 || found > Math.min(lesions, proposed)) {
      throw new IllegalArgumentException(
          "found must be 0 to " + Math.min(lesions, proposed) + ", but is " + found);
    }
  }

  /** Compares the components of a label in two maps of one grid. */
  public static LesionDetection of(
      LabelMap reference, LabelMap proposal, int label, double intersectionOverUnion) {
    GridGeometry.requireSameGrid(reference.geometry(), proposal.geometry());
    var lesions = Components.of(reference.toArray(), reference.geometry().size(), label);
    var proposed = Components.of(proposal.toArray(), proposal.geometry().size(), label);
    List<Pair> pairs = new ArrayList<>();
    List<Component> ofReference = lesions.list();
    List<Component> ofProposal = proposed.list();
    meetings(lesions, proposed)
        .forEach(
            (meeting, common) -> {
              long either =
                  ofReference.get(meeting.lesion).voxels()
                      + ofProposal.get(meeting.proposed).voxels()
                      - common;
              double overlap = (double) common / either;
              if (overlap >= intersectionOverUnion) {
                pairs.add(new Pair(meeting.lesion, meeting.proposed, overlap));
              }
            });
    return new LesionDetection(lesions.count(), proposed.count(), matched(pairs));
  }

  /** How many voxels a lesion and a proposed component have in common. */
  private static Map<Meeting, Long> meetings(Components lesions, Components proposed) {
    short[] lesionAt = lesions.numbered();
    short[] proposedAt = proposed.numbered();
    var meetings = new HashMap<Meeting, Long>();
    for (int i = 0; i < lesionAt.length; i++) {
      if (lesionAt[i] != 0 && proposedAt[i] != 0) {
        var meeting =
            new Meeting(
                Short.toUnsignedInt(lesionAt[i]) - 1, Short.toUnsignedInt(proposedAt[i]) - 1);
        meetings.merge(meeting, 1L, Long::sum);
      }
    }
    return meetings;
  }

  private static int matched(List<Pair> pairs) {
    // Equal overlaps by number, so that the outcome does not hang on the order of a map.
    pairs.sort(
        Comparator.comparingDouble(Pair::overlap)
            .reversed()
            .thenComparingInt(Pair::lesion)
            .thenComparingInt(Pair::proposed));
    var lesions = new BitSet();
    var proposed = new BitSet();
    for (Pair pair : pairs) {
      if (!lesions.get(pair.lesion) && !proposed.get(pair.proposed)) {
        lesions.set(pair.lesion);
        proposed.set(pair.proposed);
      }
    }
    return lesions.cardinality();
  }

  private record Meeting(int lesion, int proposed) {}

  private record Pair(int lesion, int proposed, double overlap) {}
}
