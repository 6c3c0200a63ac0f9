package org.firstpass.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSize;
import org.firstpass.study.Sha256;
import org.firstpass.volume.LabelMap;

/**
 * The frames of a stored Segmentation as other people's programs find them, where these are there.
 */
final class StoredFrames {
  /**
   * A line per frame: whether in the patient or on which frame of the image, and the digest of its
   * pixels.
   */
  private static final String SCRIPT =
      """
      import hashlib, sys, pydicom
      d = pydicom.dcmread(sys.argv[1])
      pixels = d.pixel_array.reshape(int(d.NumberOfFrames), -1)
      for frame, group in zip(pixels, d.PerFrameFunctionalGroupsSequence):
          image = group.DerivationImageSequence[0].SourceImageSequence[0]
          place = "patient" if "PlanePositionSequence" in group else image.get("ReferencedFrameNumber", 0)
          print("FRAME", place, hashlib.sha256(frame.astype("uint8").tobytes()).hexdigest())
      """;

  private StoredFrames() {}

  /**
   * @param single whether the image is one instance
   */
  static void check(byte[] file, LabelMap expected, boolean single)
      throws IOException, InterruptedException {
    Path seg = Files.createTempFile("segmentation", ".dcm");
    try {
      Files.write(seg, file);
      Tool.Answer conformance = Tool.run(List.of("dciodvfy", seg.toString()));
      assertEquals(List.of(), conformance.startingWith("Error"));
      boolean pydicom = Tool.run(List.of("python3", "-c", "import pydicom, numpy")).status() == 0;
      if (pydicom) {
        Tool.Answer answer = Tool.run(List.of("python3", "-c", SCRIPT, seg.toString()));
        assertEquals(frames(expected, single), answer.startingWith("FRAME"));
      }
    } finally {
      Files.delete(seg);
    }
  }

  private static List<String> frames(LabelMap labels, boolean single) {
    GridGeometry grid = labels.geometry();
    GridSize size = grid.size();
    List<String> frames = new ArrayList<>();
    for (int slice = 0; slice < size.slices(); slice++) {
      byte[] pixels = new byte[size.voxelsPerSlice()];
      boolean any = false;
      for (int i = 0; i < pixels.length; i++) {
        pixels[i] = (byte) labels.labelAt(slice * pixels.length + i);
        any |= pixels[i] != 0;
      }
      if (any) {
        frames.add("FRAME " + place(grid, slice, single) + " " + Sha256.of(pixels).hex());
      }
    }
    return frames;
  }

  private static String place(GridGeometry grid, int slice, boolean single) {
    if (single) {
      return Integer.toString(grid.size().slices() == 1 ? 0 : slice + 1);
    }
    // Its position is compared when it is read onto the grid.
    return "patient";
  }
}
