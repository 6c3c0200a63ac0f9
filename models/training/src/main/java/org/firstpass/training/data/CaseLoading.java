package org.firstpass.training.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.firstpass.calibration.HeldOutCase;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.model.LabelSpec.LabelledChannel;
import org.firstpass.model.ModelManifest;
import org.firstpass.prepare.NetworkInput;
import org.firstpass.prepare.Preparation;
import org.firstpass.prepare.ReferenceOnGrid;
import org.firstpass.study.DicomUid;
import org.firstpass.study.FrameOfReferenceUid;
import org.firstpass.study.NameBasedUuid;
import org.firstpass.training.data.TrainingSet.LabelledFiles;
import org.firstpass.volume.LabelMap;
import org.firstpass.volume.NiftiReader;
import org.firstpass.volume.Volume;

/** Reads cases of a data set for the network of a package. */
public final class CaseLoading {
  /**
   * Stands for what lies beyond the series: the network sees something there, but nobody drew it.
   */
  private static final int BEYOND = 0xFFFF;

  private final TrainingSet set;
  private final ModelManifest manifest;
  private final Map<Integer, Byte> channels = new HashMap<>();

  /**
   * @throws org.firstpass.failure.Defect DATASET_UNFIT if data set and package do not have the same
   *     segments
   */
  public CaseLoading(TrainingSet set, ModelManifest manifest) {
    this.set = set;
    this.manifest = manifest;
    for (LabelledChannel labelled : manifest.labels().segments()) {
      int number = labelled.segment().number();
      boolean same =
          set.schema()
              .segment(number)
              .filter(each -> each.type().equals(labelled.segment().type()))
              .isPresent();
      if (!same) {
        throw TrainingSet.unfit(
            "the data set has no segment "
                + number
                + " "
                + labelled.segment().label()
                + ", which the package marks");
      }
    }
    set.numbers().forEach((value, number) -> channels.put(value, channel(number)));
    set.ignored().ifPresent(value -> channels.put(value, TrainingCase.UNKNOWN));
    channels.put(0, (byte) 0);
    channels.put(BEYOND, TrainingCase.UNKNOWN);
  }

  private byte channel(int number) {
    return manifest.labels().segments().stream()
        .filter(each -> each.segment().number() == number)
        .map(each -> (byte) each.channel())
        .findFirst()
        .orElseThrow(
            () ->
                TrainingSet.unfit(
                    "the package does not mark segment " + number + ", which the data set has"));
  }

  /** A case on the network's grid. */
  public TrainingCase training(LabelledFiles files) {
    try {
      var frame = frame(files);
      Volume volume = NiftiReader.readVolume(files.image(), frame);
      LabelMap labels = NiftiReader.readLabelMap(files.label(), frame);
      NetworkInput input = Preparation.prepare(List.of(volume), manifest, Optional.empty()).input();
      GridGeometry grid = input.grid();
      short[] values = ReferenceOnGrid.nearest(labels, grid, BEYOND);
      var byVoxel = new byte[values.length];
      for (int i = 0; i < values.length; i++) {
        Byte channel = channels.get(Short.toUnsignedInt(values[i]));
        if (channel == null) {
          throw TrainingSet.unfit(
              "label value " + values[i] + " of case " + files.name() + " stands for no segment");
        }
        byVoxel[i] = channel;
      }
      double[] spacing = {grid.spacing().slice(), grid.spacing().row(), grid.spacing().column()};
      return new TrainingCase(
          grid.size(), spacing, input.values(), byVoxel, manifest.output().channels());
    } catch (IOException e) {
      throw new UncheckedIOException("case " + files.name() + " cannot be read", e);
    }
  }

  /** A case to measure on; voxels of which nobody knows count as background. */
  public HeldOutCase heldOut(LabelledFiles files) {
    return new HeldOutCase(
        files.name(),
        () -> {
          var frame = frame(files);
          LabelMap values = NiftiReader.readLabelMap(files.label(), frame);
          var numbers = new short[values.geometry().size().voxels()];
          for (int i = 0; i < numbers.length; i++) {
            numbers[i] = set.numbers().getOrDefault(values.labelAt(i), 0).shortValue();
          }
          return new HeldOutCase.Scan(
              List.of(NiftiReader.readVolume(files.image(), frame)),
              new LabelMap(values.geometry(), numbers));
        });
  }

  static FrameOfReferenceUid frame(LabelledFiles files) {
    // NIfTI knows none; what matters is that both files of a case have the same.
    return new FrameOfReferenceUid(DicomUid.of(NameBasedUuid.of("held-out case", files.name())));
  }
}
