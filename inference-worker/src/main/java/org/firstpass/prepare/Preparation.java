package org.firstpass.prepare;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSize;
import org.firstpass.model.CropSpec;
import org.firstpass.model.InputSpec;
import org.firstpass.model.ModelManifest;
import org.firstpass.model.OutsideSpec;
import org.firstpass.volume.Volume;
import org.firstpass.volume.VoxelBox;

/**
 * From a volume to the network's input: onto its grid by trilinear interpolation, then its
 * intensity rule, then its crop.
 *
 * <p>A voxel reaches half a voxel beyond its centre. Within that reach the scan's border counts as
 * it is; further out is outside, and the manifest says what the network sees there.
 */
public final class Preparation {
  private Preparation() {}

  /**
   * The channels as the network wants them.
   *
   * @param channels one volume per channel of the manifest, that of the series first
   * @param coarse what a coarse model found, for a manifest with such a crop
   */
  public static Prepared prepare(
      List<Volume> channels, ModelManifest manifest, Optional<RegionOfInterest> coarse) {
    GridGeometry source = channels.get(0).geometry();
    RegionOfInterest region = coarse.orElseGet(() -> RegionOfInterest.whole(source));
    return new Prepared(prepare(channels.get(0), manifest.input()), region);
  }

  /** The volume as the network wants it. The result's grid says where each of its voxels lies. */
  public static NetworkInput prepare(Volume volume, InputSpec input) {
    GridGeometry grid = NetworkGrids.of(volume.geometry(), input);
    float[] values = resample(volume, grid, input.outside());
    VoxelBox kept =
        input.crop() instanceof CropSpec.Above above
            ? Cropping.box(values, grid, above)
            : RegionOfInterest.whole(grid).box();
    Intensity.apply(input.channels().get(0).intensity(), values);
    return new NetworkInput(
        NetworkGrids.part(grid, kept), Cropping.cut(values, grid.size(), kept));
  }

  /** Trilinear interpolation of a volume onto another grid in its frame of reference. */
  static float[] resample(Volume volume, GridGeometry grid, OutsideSpec outside) {
    GridSize size = grid.size();
    var values = new float[size.voxels()];
    var transform = IndexTransform.between(grid, volume.geometry());
    boolean edge = outside instanceof OutsideSpec.Edge;
    float constant = outside instanceof OutsideSpec.Constant of ? (float) of.value() : 0;
    IntStream.range(0, size.slices())
        .parallel()
        .forEach(
            slice -> {
              var sampler = new Sampler(volume, edge, constant);
              int at = size.index(0, 0, slice);
              for (int row = 0; row < size.rows(); row++) {
                for (int column = 0; column < size.columns(); column++) {
                  values[at++] =
                      sampler.at(
                          transform.column(column, row, slice),
                          transform.row(column, row, slice),
                          transform.slice(column, row, slice));
                }
              }
            });
    return values;
  }

  /** Reads a volume between its voxels. */
  private static final class Sampler {
    private final Volume volume;
    private final GridSize size;
    private final boolean edge;
    private final float constant;

    Sampler(Volume volume, boolean edge, float constant) {
      this.volume = volume;
      this.size = volume.geometry().size();
      this.edge = edge;
      this.constant = constant;
    }

    float at(double column, double row, double slice) {
      if (!edge
          && (isOutside(column, size.columns())
              || isOutside(row, size.rows())
              || isOutside(slice, size.slices()))) {
        return constant;
      }
      double c = clamp(column, size.columns() - 1);
      double r = clamp(row, size.rows() - 1);
      double s = clamp(slice, size.slices() - 1);
      int column0 = (int) c;
      int row0 = (int) r;
      int slice0 = (int) s;
      float columnPart = (float) (c - column0);
      float rowPart = (float) (r - row0);
      float slicePart = (float) (s - slice0);
      float low = plane(column0, row0, slice0, columnPart, rowPart);
      if (slicePart == 0) {
        return low;
      }
      return low + slicePart * (plane(column0, row0, slice0 + 1, columnPart, rowPart) - low);
    }

    private float plane(int column, int row, int slice, float columnPart, float rowPart) {
      int at = size.index(column, row, slice);
      float low = line(at, columnPart);
      if (rowPart == 0) {
        return low;
      }
      return low + rowPart * (line(at + size.columns(), columnPart) - low);
    }

    private float line(int at, float part) {
      float low = volume.valueAt(at);
      return part == 0 ? low : low + part * (volume.valueAt(at + 1) - low);
    }

    private static boolean isOutside(double index, int count) {
      return index < -0.5 || index > count - 0.5;
    }

    private static double clamp(double index, int last) {
      return Math.max(0, Math.min(last, index));
    }
  }
}
