package org.firstpass.model.monai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PythonLiteralTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "True | true",
        "None | null",
        "(96, 80, 64) | [96,80,64]",
        "[1.5, -2, +3., .5,] | [1.5,-2,3.0,0.5]",
        "(1, (2, 3)) | [1,[2,3]]",
        "'bilinear' | \"bilinear\"",
        "1e-3 | 0.001",
        "-.25 | -0.25",
      })
  void literalsAreRead(String expression, String json) {
    assertEquals(json, PythonLiteral.parse(expression).orElseThrow().toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "torch.device('cpu')",
        "lambda x: x",
        "[i for i in 3]",
        "1 + 2",
        "os.path.join('a', 'b')",
        "1 if True else 2",
        "",
        "x",
        "(1",
        "'a' 'b'",
        "__import__('os')",
      })
  void whatWouldHaveToBeRunIsNot(String expression) {
    assertTrue(PythonLiteral.parse(expression).isEmpty(), expression);
  }
}
