package org.firstpass.dicom.contour;

import java.nio.DoubleBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.firstpass.geometry.GridSize;
import org.firstpass.volume.contour.EvenOddFill;

/** Fills the contours of one slice, larger ones first. Not safe for several threads. */
final class SliceFill {
  private final GridSize size;
  private final BitSet marked;
  private final int offset;
  private final BitSet covered = new BitSet();
  private final Map<String, Integer> findings = new LinkedHashMap<>();

  /**
   * A slice that is empty yet.
   *
   * @param marked bits of the slice begin at the offset
   */
  SliceFill(GridSize size, BitSet marked, int offset) {
    this.size = size;
    this.marked = marked;
    this.offset = offset;
  }

  void add(List<PlacedContour> contours) {
    Set<DoubleBuffer> seen = new HashSet<>();
    List<int[]> plain = new ArrayList<>();
    for (PlacedContour contour : contours) {
      int[] runs = EvenOddFill.runs(contour.polygon(), size.columns(), size.rows());
      if (runs.length == 0) {
        found("contours that enclose the centre of no voxel");
      } else if (contour.combination() == Contour.Combination.XOR) {
        flip(runs);
      } else if (seen.add(contour.content())) {
        plain.add(runs);
      } else {
        found("contours that are there twice, counted once");
      }
    }
    plain.sort(Comparator.comparingInt(SliceFill::pixels).reversed());
    plain.forEach(this::addPlain);
  }

  /** How often something happened that a person should know. */
  Map<String, Integer> findings() {
    return findings;
  }

  private void addPlain(int[] runs) {
    boolean apart = true;
    boolean within = true;
    for (int i = 0; i < runs.length; i += 2) {
      int next = covered.nextSetBit(runs[i]);
      apart &= next < 0 || next >= runs[i + 1];
      within &= covered.nextClearBit(runs[i]) >= runs[i + 1];
    }
    if (within) {
      flip(runs);
      return;
    }
    if (!apart) {
      found("contours that overlap others in part, joined with them");
    }
    for (int i = 0; i < runs.length; i += 2) {
      covered.set(runs[i], runs[i + 1]);
      marked.set(offset + runs[i], offset + runs[i + 1]);
    }
  }

  private void flip(int[] runs) {
    for (int i = 0; i < runs.length; i += 2) {
      marked.flip(offset + runs[i], offset + runs[i + 1]);
    }
  }

  private void found(String finding) {
    findings.merge(finding, 1, Integer::sum);
  }

  private static int pixels(int[] runs) {
    int pixels = 0;
    for (int i = 0; i < runs.length; i += 2) {
      pixels += runs[i + 1] - runs[i];
    }
    return pixels;
  }
}
