package org.firstpass.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
  private static final List<Setting> KNOWN =
      List.of(
          Setting.of("gateway.quiet", "10s", "How long a series must be quiet"),
          Setting.of("gateway.min-free", "2GiB", "What must stay free"),
          Setting.of("gateway.port", "11112", "The port"),
          Setting.of("gateway.open", "true", "Whether it is open"),
          Setting.of("gateway.peers", "", "Who may call"),
          Setting.required("store.folder", "where objects are kept"),
          Setting.secret("patients.secret", "the key of the pseudonyms"));

  @TempDir Path folder;

  private Settings load(String file, Map<String, String> environment) throws IOException {
    Path path = folder.resolve("firstpass.properties");
    Files.writeString(path, file);
    return Settings.load(path, environment, KNOWN);
  }

  @Test
  void standardsHoldWhereNothingIsSet() {
    Settings settings = Settings.load(folder.resolve("absent"), Map.of(), KNOWN);
    assertEquals(Duration.ofSeconds(10), settings.duration("gateway.quiet"));
    assertEquals(2L << 30, settings.size("gateway.min-free").bytes());
    assertEquals(11112, settings.number("gateway.port", 0, 65535));
    assertTrue(settings.flag("gateway.open"));
    assertEquals(List.of(), settings.list("gateway.peers"));
    assertFalse(settings.isSet("store.folder"));
  }

  @Test
  void theEnvironmentGoesOverTheFile() throws IOException {
    String file = "gateway.quiet = 3m\ngateway.port=104\ngateway.peers= A, B ,";
    Settings settings = load(file, Map.of("FIRSTPASS_GATEWAY_PORT", "105", "PATH", "/bin"));
    assertEquals(Duration.ofMinutes(3), settings.duration("gateway.quiet"));
    assertEquals(105, settings.number("gateway.port", 0, 65535));
    assertEquals(List.of("A", "B"), settings.list("gateway.peers"));
  }

  @Test
  void aKeyThatIsNotKnownIsRefusedWithTheNearest() {
    SettingsInvalid inFile =
        assertThrows(SettingsInvalid.class, () -> load("gatway.quite=1s", Map.of()));
    assertTrue(inFile.getMessage().contains("'gateway.quiet'"), inFile.getMessage());
    SettingsInvalid inEnvironment =
        assertThrows(SettingsInvalid.class, () -> load("", Map.of("FIRSTPASS_GATEWAY_PROT", "1")));
    assertTrue(
        inEnvironment.getMessage().contains("'FIRSTPASS_GATEWAY_PORT'"),
        inEnvironment.getMessage());
  }

  @Test
  void aValueOfTheWrongKindIsRefusedWithWhatIsExpected() throws IOException {
    String file = "gateway.quiet=soon\ngateway.port=70000\ngateway.min-free=lots\ngateway.open=yes";
    Settings settings = load(file, Map.of());
    assertThrows(SettingsInvalid.class, () -> settings.duration("gateway.quiet"));
    assertThrows(SettingsInvalid.class, () -> settings.number("gateway.port", 0, 65535));
    assertThrows(SettingsInvalid.class, () -> settings.size("gateway.min-free"));
    SettingsInvalid flag = assertThrows(SettingsInvalid.class, () -> settings.flag("gateway.open"));
    assertEquals("'gateway.open' must be true or false, but is 'yes'", flag.getMessage());
  }

  @Test
  void whatMustBeSetIsAskedFor() throws IOException {
    Settings settings = load("", Map.of());
    SettingsInvalid missing =
        assertThrows(SettingsInvalid.class, () -> settings.path("store.folder"));
    assertEquals("'store.folder' must be set: where objects are kept", missing.getMessage());
  }

  @Test
  void secretsAreNotPrinted() throws IOException {
    Settings settings = load("patients.secret=hunter2", Map.of());
    assertFalse(settings.toString().contains("hunter2"));
    assertTrue(settings.toString().contains("patients.secret = (hidden)"));
    SettingsInvalid wrong =
        assertThrows(SettingsInvalid.class, () -> settings.duration("patients.secret"));
    assertFalse(wrong.getMessage().contains("hunter2"));
  }
}
