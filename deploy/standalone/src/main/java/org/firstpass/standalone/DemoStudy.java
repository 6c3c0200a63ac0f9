package org.firstpass.standalone;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.phantom.Phantom;
import org.firstpass.phantom.PhantomSpec;
import org.firstpass.study.SeriesInstanceUid;
import org.firstpass.volume.LabelMap;
import org.jspecify.annotations.Nullable;

/**
 * A study that the demo sends, with its truth if it is a phantom.
 *
 * @param name what the table calls it
 * @param phantom null for a real scan, whose truth nobody knows
 */
record DemoStudy(
    String name, SeriesInstanceUid series, List<Path> files, @Nullable PhantomSpec phantom) {

  /** The true labels on a grid in the study's frame of reference. */
  Optional<LabelMap> truthOn(GridGeometry grid) {
    return Optional.ofNullable(phantom).map(spec -> Phantom.of(spec, grid).truth());
  }
}
