package org.firstpass.routing;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is refused of a rules file before any series comes. */
final class RulesFileTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{'format': 2}|format",
        "{'format': 1, 'rulez': []}|rulez",
        "{'format': 1, 'rules': [{'when': {}, 'then': {'refuse': true}}]}|name is missing",
        "{'format': 1, 'rules': [{'name': 'a', 'then': {'refuse': true}}]}|lacks when",
        "{'format': 1, 'rules': [{'name': 'a', 'when': {}}]}|lacks then",
        "{'format': 1, 'rules': [{'name': 'a', 'when': {}, 'then': {}}]}|names packages or says",
        "{'format': 1, 'rules': [{'name': 'a', 'when': {'bodyPart': '('}, 'then': {'refuse':"
            + " true}}]}|when.bodyPart is not a regular expression",
        "{'format': 1, 'rules': [{'name': 'a', 'when': {'hours': {'from': '25:00', 'to': '1'}},"
            + " 'then': {'refuse': true}}]}|when.hours.from must be a time",
        "{'format': 1, 'rules': [{'name': 'a', 'when': {}, 'then': {'refuse': true}}, {'name':"
            + " 'a', 'when': {}, 'then': {'refuse': true}}]}|two rules have the name 'a'",
        "{'format': 1, 'rules': [{'name': 'a', 'when': {}, 'then': {'refuse': true}, 'otherwise':"
            + " {'refuse': true}}]}|asks no first model",
        "{'format': 1, 'rules': [{'name': 'a', 'when': {}, 'first': {'model': 'm'}, 'then':"
            + " {'refuse': true}}]}|first asks for a finding or for a segment",
        "{'format': 1, 'rules': [{'name': 'a', 'when': {'slices': {'minimum': 5, 'maximum': 4}},"
            + " 'then': {'refuse': true}}]}|rules[0].when.slices: a range's minimum must not exceed",
        "null|the object is missing",
        "{'format': 1} {}|Trailing token",
        "{'format': 1, 'format': 1}|Duplicate field 'format'",
        "{'format': 1.5}|format: Cannot coerce Floating-point value (1.5)",
        "{'format': 1, 'rules': [null]}|rules must not have null",
        "{'format': 1, 'rules': [{'name': 'a', 'when': {'contrast': ''}, 'then': {'refuse':"
            + " true}}]}|rules[0].when.contrast: Cannot coerce empty String",
        "{'format': 1, 'rules': [{'name': 'a', 'when': {'days': [1]}, 'then': {'refuse':"
            + " true}}]}|rules[0].when.days[0]: Cannot coerce Integer value (1)",
        "{'format': 1, 'rules': [{'name': 'a', 'when': {'bodyPart': 7}, 'then': {'refuse':"
            + " true}}]}|rules[0].when.bodyPart: Cannot coerce Integer value (7)",
        "{'format': 1, 'rules': [{'name': 'a', 'when': {'slices': {'minimum': 'NaN'}}, 'then':"
            + " {'refuse': true}}]}|rules[0].when.slices: a range's minimum must be a finite number",
        "{'format': 1, 'rules': [{'name': 'a', 'when': {'modalities': [null]}, 'then': {'refuse':"
            + " true}}]}|when.modalities must not have null",
        "{'format': 1, 'rules': [{'name': 'a', 'when': {'hours': {'from': '07:00', 'to': '07:00'}},"
            + " 'then': {'refuse': true}}]}|when.hours.from and when.hours.to must differ",
        "{'format': 1, 'rules': [{'name': 'a', 'when': {}, 'then': {'packages': ['p'], 'priority':"
            + " '5'}}]}|rules[0].then.priority: Cannot coerce String value",
        "{'format': 1, 'rules': [{'name': 'a', 'when': {}, 'then': {'packages': ['p',"
            + " 'p@1.0.0']}}]}|packages must name each package once",
        "{'format': 1, 'rules': [{'name': 'a', 'when': {}, 'then': {'packages': ['p@1']}}]}"
            + "|packages must match",
        "{'format': 1, 'rules': [{'name': 'a', 'when': {}, 'then': {'refuse': true, 'priority':"
            + " 1}}]}|a rule that says refuse has no protocol",
        "{'format': 1, 'examples': [{'name': 'a', 'series': {'modality': 'CT', 'received':"
            + " 'yesterday'}}]}|examples.series.received must be a local time",
        "{'format': 1, 'examples': [{'name': 'a', 'series': {'modality': 'CT', 'slices': 0}}]}"
            + "|examples.series.slices must be at least 1",
        "{'format': 1, 'examples': [{'name': 'a', 'series': {'modality': 'CT', 'pixelSpacingMm':"
            + " 0}}]}|examples.series.pixelSpacingMm must be above 0",
        "{'format': 1, 'examples': [{'name': 'a', 'series': {'modality': 'CT'}, 'rule': 'b'}]}"
            + "|example 'a' expects rule 'b'",
      })
  void aWrongFieldIsNamed(String json, String told) throws IOException {
    Path file = Files.writeString(folder.resolve("rules.json"), json.replace('\'', '"'));
    var refused = assertThrows(IllegalArgumentException.class, () -> RoutingRules.read(file));
    assertTrue(String.valueOf(refused.getMessage()).contains(told), refused.getMessage());
  }
}
