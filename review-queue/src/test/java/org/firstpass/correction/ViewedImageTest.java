package org.firstpass.correction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.firstpass.geometry.Axes;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSize;
import org.firstpass.geometry.Spacing;
import org.firstpass.geometry.Vector3;
import org.firstpass.study.FrameOfReferenceUid;
import org.firstpass.volume.Volume;
import org.junit.jupiter.api.Test;

final class ViewedImageTest {
  @Test
  void wholeValuesThatFitAreSentAsTheyAre() throws IOException {
    float[] values = {-1024, 0, 1, 3071, -32768, 32767};
    ViewedImage image = ViewedImage.of(volume(values));
    assertEquals(new ViewedImage.Scale(1, 0), image.scale());
    assertEquals(new ViewedImage.SentRange(-32768, 32767), image.sentRange());
    short[] sent = sent(image);
    for (int index = 0; index < values.length; index++) {
      assertEquals((int) values[index], sent[index]);
    }
  }

  @Test
  void smallFractionsKeepTheirDetail() throws IOException {
    float[] values = {0, 0.001f, 0.25f, 0.5f, 0.75f, 1};
    assertComesBack(values, 1.0 / 65534);
  }

  @Test
  void valuesBeyond16BitsAreScaled() throws IOException {
    float[] values = {-50_000, 0, 1, 64_511, 100_000, 7};
    assertComesBack(values, 150_000.0 / 65534);
  }

  @Test
  void oneFractionalValueEverywhereIsKept() throws IOException {
    float[] values = {0.5f, 0.5f, 0.5f, 0.5f, 0.5f, 0.5f};
    assertComesBack(values, 1e-6);
  }

  private static void assertComesBack(float[] values, double step) throws IOException {
    ViewedImage image = ViewedImage.of(volume(values));
    short[] sent = sent(image);
    for (int index = 0; index < values.length; index++) {
      double back = sent[index] * image.scale().slope() + image.scale().intercept();
      assertEquals(values[index], back, step / 2 * 1.01, "value " + index);
    }
    assertTrue(image.sentRange().minimum() <= image.sentRange().maximum());
  }

  private static short[] sent(ViewedImage image) throws IOException {
    var bytes = new ByteArrayOutputStream();
    image.content().writeTo(bytes);
    var sent = new short[image.content().size() / 2];
    ByteBuffer.wrap(bytes.toByteArray()).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(sent);
    return sent;
  }

  private static Volume volume(float[] values) {
    return Volume.ofValues(
        new GridGeometry(
            new FrameOfReferenceUid("1.2.3"),
            new GridSize(1, 2, 3),
            new Vector3(0, 0, 0),
            Axes.ofPlane(new Vector3(1, 0, 0), new Vector3(0, 1, 0)),
            new Spacing(1, 1, 1)),
        values);
  }
}
