package org.firstpass.dicom.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.firstpass.dicom.TestImage;
import org.firstpass.dicom.web.Rendering.Format;
import org.firstpass.dicom.web.Rendering.Function;
import org.firstpass.dicom.web.Rendering.Viewport;
import org.firstpass.dicom.web.Rendering.Window;
import org.junit.jupiter.api.Test;

/** Pictures held against brightness that was worked out by hand from PS3.3 C.11.2. */
final class FrameRenderingTest {
  @Test
  void theWindowOfTheInstanceSaysWhatIsBlackAndWhite() throws IOException {
    TestImage image = four(0, 100, 150, 200).with(Tag.WindowCenter, VR.DS, "100");
    image.with(Tag.WindowWidth, VR.DS, "101");
    // (x - 99.5) / 100 + 0.5: 0 is below, 100 is 0.505, 150 is 1.005.
    assertGreys(render(image, Optional.empty()), 0, 129, 255, 255);
  }

  @Test
  void theWindowOfTheRequestCountsInstead() throws IOException {
    TestImage image = four(0, 100, 150, 200).with(Tag.WindowCenter, VR.DS, "1000");
    image.with(Tag.WindowWidth, VR.DS, "10");
    assertGreys(
        render(image, Optional.of(new Window(100, 200, Function.LINEAR_EXACT))), 0, 128, 191, 255);
    assertGreys(
        render(image, Optional.of(new Window(100, 200, Function.SIGMOID))), 30, 128, 186, 225);
  }

  @Test
  void withoutAWindowTheWholeRangeIsShown() throws IOException {
    assertGreys(render(four(10, 30, 60, 110), Optional.empty()), 0, 51, 128, 255);
    assertGreys(render(four(7, 7, 7, 7), Optional.empty()), 128, 128, 128, 128);
  }

  @Test
  void valuesAreRescaledBeforeTheyAreWindowed() throws IOException {
    TestImage image = four(0, 1, 2, 3).rescale("100", "-100");
    assertGreys(
        render(image, Optional.of(new Window(50, 300, Function.LINEAR_EXACT))), 0, 85, 170, 255);
  }

  @Test
  void monochrome1IsDarkWhereItsValuesAreHigh() throws IOException {
    TestImage image =
        four(0, 50, 100, 200).with(Tag.PhotometricInterpretation, VR.CS, "MONOCHROME1");
    assertGreys(render(image, Optional.empty()), 255, 191, 128, 0);
  }

  @Test
  void coloursAreShownWhateverTheyAreWrittenIn() throws IOException {
    TestImage rgb = colour("RGB", 255, 0, 0, 0, 255, 0, 0, 0, 255, 9, 9, 9);
    assertEquals(0xff0000, render(rgb, Optional.empty()).getRGB(0, 0) & 0xffffff);
    assertEquals(0x00ff00, render(rgb, Optional.empty()).getRGB(1, 0) & 0xffffff);
    TestImage planar = colour("RGB", 255, 0, 0, 9, 0, 255, 0, 9, 0, 0, 255, 9);
    planar.but(data -> data.setInt(Tag.PlanarConfiguration, VR.US, 1));
    assertEquals(0x0000ff, render(planar, Optional.empty()).getRGB(0, 1) & 0xffffff);
    // BT.601: pure red is Y 76, Cb 85, Cr 255.
    TestImage ybr = colour("YBR_FULL", 76, 85, 255, 0, 128, 128, 255, 128, 128, 100, 128, 128);
    int red = render(ybr, Optional.empty()).getRGB(0, 0);
    assertTrue((red >> 16 & 0xff) >= 253 && (red & 0xff) <= 2, Integer.toHexString(red));
    assertEquals(0xffffff, render(ybr, Optional.empty()).getRGB(0, 1) & 0xffffff);
  }

  @Test
  void aPaletteNamesTheColours() throws IOException {
    TestImage image = four(0, 1, 2, 3).bits(8, 8, 7, 0).bytes(VR.OB, 4, 5, 6, 200);
    image.with(Tag.PhotometricInterpretation, VR.CS, "PALETTE COLOR");
    int[] descriptors = {
      Tag.RedPaletteColorLookupTableDescriptor,
      Tag.GreenPaletteColorLookupTableDescriptor,
      Tag.BluePaletteColorLookupTableDescriptor
    };
    int[] tables = {
      Tag.RedPaletteColorLookupTableData,
      Tag.GreenPaletteColorLookupTableData,
      Tag.BluePaletteColorLookupTableData
    };
    byte[][] values = {{0, 1, 0, 2, 0, 3}, {0, 4, 0, 5, 0, 6}, {0, 7, 0, 8, 0, 9}};
    for (int i = 0; i < 3; i++) {
      int at = i;
      image.but(data -> data.setInt(descriptors[at], VR.US, 3, 4, 16));
      image.but(data -> data.setBytes(tables[at], VR.OW, values[at]));
    }
    BufferedImage picture = render(image, Optional.empty());
    assertEquals(0x010407, picture.getRGB(0, 0) & 0xffffff);
    assertEquals(0x020508, picture.getRGB(1, 0) & 0xffffff);
    assertEquals(
        0x030609, picture.getRGB(1, 1) & 0xffffff, "above the last entry is the last entry");
  }

  @Test
  void aViewportShowsAPartAndKeepsItsShape() throws IOException {
    short[] columns = new short[8 * 4];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = (short) (i % 8);
    }
    TestImage image = TestImage.flat(TestImage.CT, 1, 4, 8, columns);
    BufferedImage whole = picture(image, new Viewport(100, 100, 0, 0, 0, 0));
    assertEquals(100, whole.getWidth());
    assertEquals(50, whole.getHeight());
    BufferedImage part = picture(image, new Viewport(2, 2, 4, 0, 2, 2));
    assertEquals(Math.round(255 * 4 / 7.0), part.getRaster().getSample(0, 0, 0), 1);
    assertEquals(Math.round(255 * 5 / 7.0), part.getRaster().getSample(1, 1, 0), 1);
  }

  @Test
  void aJpegIsOneAndTheFrameThatIsNotThereIsNone() throws IOException {
    var jpeg = new Rendering(Format.JPEG, Optional.empty(), Optional.empty(), OptionalInt.of(90));
    byte[] bytes = FrameRendering.render(four(0, 1, 2, 3).source(), 1, jpeg).orElseThrow();
    assertEquals(0xffd8, (bytes[0] & 0xff) << 8 | bytes[1] & 0xff);
    assertEquals(Optional.empty(), FrameRendering.render(four(0, 1, 2, 3).source(), 2, jpeg));
  }

  private static TestImage four(int... values) {
    short[] stored = new short[4];
    IntStream.range(0, 4).forEach(i -> stored[i] = (short) values[i]);
    return TestImage.flat(TestImage.CT, 1, 2, 2, stored);
  }

  private static TestImage colour(String photometric, int... samples) {
    TestImage image = four(0, 0, 0, 0).bits(8, 8, 7, 0).bytes(VR.OB, samples);
    image.with(Tag.PhotometricInterpretation, VR.CS, photometric);
    image.but(data -> data.setInt(Tag.SamplesPerPixel, VR.US, 3));
    return image.but(data -> data.setInt(Tag.PlanarConfiguration, VR.US, 0));
  }

  private static BufferedImage render(TestImage image, Optional<Window> window) throws IOException {
    var rendering = new Rendering(Format.PNG, window, Optional.empty(), OptionalInt.empty());
    return read(FrameRendering.render(image.source(), 1, rendering).orElseThrow());
  }

  private static BufferedImage picture(TestImage image, Viewport viewport) throws IOException {
    var rendering =
        new Rendering(Format.PNG, Optional.empty(), Optional.of(viewport), OptionalInt.empty());
    return read(FrameRendering.render(image.source(), 1, rendering).orElseThrow());
  }

  private static BufferedImage read(byte[] picture) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(picture));
  }

  private static void assertGreys(BufferedImage picture, int... expected) {
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], picture.getRaster().getSample(i % 2, i / 2, 0), "pixel " + i);
    }
  }
}
