package org.firstpass.dataset;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.firstpass.dataset.split.ImageLedger;
import org.firstpass.dataset.split.ImageSignature;
import org.firstpass.event.CorrectionAccepted;
import org.firstpass.geometry.GridSize;
import org.firstpass.study.SeriesRevision;
import org.firstpass.volume.LabelMap;
import org.firstpass.volume.NiftiWriter;
import org.firstpass.volume.Volume;

/**
 * A case as one PNG per frame and what is labelled on it. Takes images without a place in patient
 * space too: radiographs, ultrasound.
 */
final class CocoFiles implements CaseFiles {
  static final String FRAMES = "/frames";
  static final String REGIONS = "/regions.json";

  private static final int LARGEST = 0xffff;

  private final CaseReader reader;
  private final StagingFolder staging;
  private final LabelTable labels;
  private final ImageLedger images;

  CocoFiles(CaseReader reader, StagingFolder staging, LabelTable labels, ImageLedger images) {
    this.reader = reader;
    this.staging = staging;
    this.labels = labels;
    this.images = images;
  }

  @Override
  public CaseContent write(PlannedCase planned, SeriesRevision revision) {
    CorrectionAccepted correction = planned.series().counted();
    Volume volume = reader.image(revision);
    images.note(
        List.of(
            new ImageLedger.Seen(
                correction.input().patient(), revision.hash(), ImageSignature.of(volume))));
    LabelMap applied = labels.apply(reader.accepted(correction, volume.geometry()), 0);
    String folder = StagingFolder.folder(planned.name());
    // What an export in another format left there is of no use.
    staging.remove(folder);
    List<CocoFrame> frames = frames(folder, volume, applied);
    staging.write(folder + REGIONS, out -> out.write(DatasetJson.write(frames)));
    return new CaseContent(
        StagingFolder.digest(out -> NiftiWriter.write(volume, out)),
        StagingFolder.digest(out -> NiftiWriter.write(applied, out)),
        volume.geometry(),
        labels.voxels(applied));
  }

  private List<CocoFrame> frames(String folder, Volume volume, LabelMap applied) {
    GridSize size = volume.geometry().size();
    Scale scale = Scale.of(volume);
    var frames = new ArrayList<CocoFrame>();
    for (int slice = 0; slice < size.slices(); slice++) {
      String file = String.format(Locale.ROOT, "%06d.png", slice);
      int frame = slice;
      staging.write(
          folder + FRAMES + "/" + file,
          out ->
              PngWriter.write(
                  size.columns(),
                  size.rows(),
                  (column, row) -> scale.pixel(volume.valueAt(column, row, frame)),
                  out));
      frames.add(
          new CocoFrame(
              file,
              size.columns(),
              size.rows(),
              scale.slope(),
              scale.intercept(),
              CocoFrame.regions(applied, slice, labels.values().size())));
    }
    return frames;
  }

  /** How values become pixels: value = pixel x slope + intercept. */
  private record Scale(double slope, double intercept) {
    static Scale of(Volume volume) {
      float lowest = Float.POSITIVE_INFINITY;
      float highest = Float.NEGATIVE_INFINITY;
      boolean whole = true;
      int voxels = volume.geometry().size().voxels();
      for (int index = 0; index < voxels; index++) {
        float value = volume.valueAt(index);
        lowest = Math.min(lowest, value);
        highest = Math.max(highest, value);
        whole &= value == Math.rint(value);
      }
      double range = (double) highest - lowest;
      if (whole && range <= LARGEST) {
        return new Scale(1, lowest);
      }
      return new Scale(range == 0 ? 1 : range / LARGEST, lowest);
    }

    int pixel(float value) {
      return (int) Math.min(LARGEST, Math.max(0, Math.rint((value - intercept) / slope)));
    }
  }
}
