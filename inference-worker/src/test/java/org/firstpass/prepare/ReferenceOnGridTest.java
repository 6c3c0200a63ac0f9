package org.firstpass.prepare;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSize;
import org.firstpass.geometry.Orientation;
import org.firstpass.sample.SampleGrid;
import org.firstpass.volume.LabelMap;
import org.junit.jupiter.api.Test;

final class ReferenceOnGridTest {
  @Test
  void beyondTheSeriesLiesWhatIsAskedFor() {
    GridGeometry series = SampleGrid.of(new Orientation("SPL"), new GridSize(2, 1, 1));
    var longer =
        new GridGeometry(
            series.frameOfReference(),
            new GridSize(2, 1, 2),
            series.position(),
            series.axes(),
            series.spacing(),
            series.space());
    var labels = new LabelMap(series, new short[] {3, 4});
    assertArrayEquals(new short[] {3, 4, 0, 0}, ReferenceOnGrid.nearest(labels, longer));
    assertArrayEquals(new short[] {3, 4, -1, -1}, ReferenceOnGrid.nearest(labels, longer, 0xFFFF));
  }
}
