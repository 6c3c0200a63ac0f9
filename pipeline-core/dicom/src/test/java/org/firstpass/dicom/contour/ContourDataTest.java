package org.firstpass.dicom.contour;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContourDataTest {
  @ParameterizedTest
  @CsvSource({
    "0, 5, 0",
    "-0.0000001, 5, 0",
    "1.5, 5, 1.5",
    "-0.05, 5, -0.05",
    "0.000049, 4, 0",
    "0.00005, 4, 0.0001",
    "100, 5, 100",
    "-101.2512345678, 5, -101.25123",
    "-1234567.123456789, 12, -1234567.1234568",
    "9999999.123456789, 12, 9999999.12345679",
    "0.0000123456789, 12, 0.000012345679"
  })
  void roundsToTheDecimalsThatAreAskedOrToWhatFits(double value, int decimals, String expected) {
    assertEquals(expected, text(new double[] {value}, decimals).strip());
  }

  @Test
  void readsWhatJavaReadsToTheLastBit() {
    for (long seed = 0; seed < 50_000; seed++) {
      var random = new Random(seed);
      double value = (random.nextDouble() - 0.5) * Math.pow(10, random.nextInt(11) - 3);
      int decimals = 1 + random.nextInt(12);
      String text = text(new double[] {value}, decimals).strip();
      assertTrue(text.length() <= 16, text);
      assertEquals(Double.parseDouble(text), read(text)[0], "seed " + seed + ": " + text);
      double digits = Math.max(Math.pow(10, -decimals), Math.abs(value) * 1e-13);
      assertEquals(value, read(text)[0], 0.51 * digits, "seed " + seed + ": " + text);
    }
  }

  @Test
  void readsEveryFormOfADecimalString() {
    assertArrayEquals(
        new double[] {1, -2.5, 0.25, 300, -0.004, 7, 1.2345678901234567},
        read("+1\\ -2.5 \\.25\\3e2\\-4.0E-3\\7.\\1.2345678901234567 "));
    assertArrayEquals(new double[0], read("  "));
    assertArrayEquals(new double[] {1, 2}, read("1\\2\0"));
  }

  @Test
  void refusesWhatIsNoPlaceInAPatient() {
    for (String text : new String[] {"1\\\\2", "\\", "1e8", "-10000001", "٣", "1,5", "1 2"}) {
      assertThrows(NumberFormatException.class, () -> read(text), text);
    }
    assertThrows(IllegalArgumentException.class, () -> ContourData.write(new double[] {1e8}, 5));
  }

  private static String text(double[] coordinates, int decimals) {
    byte[] text = ContourData.write(coordinates, decimals);
    assertEquals(0, text.length % 2);
    return new String(text, StandardCharsets.US_ASCII);
  }

  private static double[] read(String text) {
    return ContourData.read(text.getBytes(StandardCharsets.UTF_8));
  }
}
