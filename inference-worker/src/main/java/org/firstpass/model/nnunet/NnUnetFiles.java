package org.firstpass.model.nnunet;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What nnU-Net leaves behind after training.
 *
 * @param plans {@code nnUNetPlans.json}
 * @param dataset {@code dataset.json}
 * @param fingerprint {@code dataset_fingerprint.json}, null if it is not given: only old plans need
 *     it
 * @param configuration 3d_fullres, 3d_lowres, 2d or the name of another one of the plans
 * @param graphs one per fold, exported to ONNX
 * @param channelSeries expressions for Series Description by channel index
 */
public record NnUnetFiles(
    Path plans,
    Path dataset,
    @Nullable Path fingerprint,
    String configuration,
    List<Path> graphs,
    Map<Integer, String> channelSeries) {
  public NnUnetFiles {
    graphs = List.copyOf(graphs);
    channelSeries = Map.copyOf(channelSeries);
    if (graphs.isEmpty()) {
      throw new IllegalArgumentException("at least one graph is needed");
    }
  }
}
