package org.firstpass.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.firstpass.arrival.GatewayConfig;
import org.firstpass.dicom.AccessList;
import org.firstpass.dicom.AccessRule;
import org.firstpass.dicom.DicomPeer;
import org.firstpass.dicom.ProcedureStepScp;
import org.firstpass.dicom.ScpLimits;
import org.firstpass.settings.Settings;
import org.firstpass.settings.SettingsInvalid;
import org.firstpass.study.ProjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GatewaySettingsTest {
  private static final String NETWORK =
      """
      {"format": 1,
       "projects": {"FP_LIVER": "liver"},
       "callers": [
         {"aeTitle": "CT1", "hosts": ["10.1.0.0/16"], "certificates": ["CN=ct1"],
          "calls": ["FP_LIVER"], "associations": 3,
          "address": {"host": "10.1.2.3", "port": 104}},
         {"aeTitle": "PACS"}]}
      """;

  @TempDir private Path folder;

  @Test
  void byDefaultOneAeTitleIsOpenToAllOnThisMachine() {
    GatewayConfig config = config(Map.of());
    assertEquals(Map.of("FIRSTPASS", ProjectName.DEFAULT), config.scp().projects());
    assertEquals("127.0.0.1", config.scp().bindAddress());
    assertEquals(11112, config.scp().port());
    assertNull(config.scp().tls());
    assertEquals(AccessList.OPEN, config.scp().access());
    assertEquals(ScpLimits.DEFAULT, config.scp().limits());
    assertEquals(Duration.ofSeconds(10), config.series().quiet());
    assertTrue(config.series().announced());
    assertEquals(Duration.ofMinutes(10), config.series().patience());
    assertTrue(config.series().proposeLate());
    assertEquals(Set.of(new ProjectName("priors")), config.series().kept());
    assertEquals(Map.of(), config.requesters());
  }

  @Test
  void everyKeyReachesItsPlace() {
    GatewayConfig config =
        config(
            Map.of(
                "dicom.ae-title", "FP",
                "dicom.allowed", "OLD",
                "dicom.network", network(NETWORK),
                "gateway.announced", "false",
                "gateway.announced-wait", "3m",
                "gateway.late", "keep",
                "gateway.kept-projects", "old, older",
                "gateway.associations", "7",
                "gateway.instances", "5"));
    assertEquals(
        Map.of("FP", ProjectName.DEFAULT, "FP_LIVER", new ProjectName("liver")),
        config.scp().projects());
    AccessRule caller = config.scp().access().rules().get(1);
    assertEquals(AccessRule.of("OLD"), config.scp().access().rules().get(0));
    assertEquals("CT1", caller.callingAeTitle());
    assertEquals("[10.1.0.0/16]", caller.hosts().toString());
    assertEquals(1, caller.certificates().size());
    assertEquals(Set.of("FP_LIVER"), caller.calledAeTitles());
    assertEquals(3, caller.associations());
    assertEquals(Map.of("CT1", new DicomPeer("10.1.2.3", 104, "CT1", "FP")), config.requesters());
    assertFalse(config.series().announced());
    assertEquals(Duration.ofMinutes(3), config.series().patience());
    assertFalse(config.series().proposeLate());
    assertEquals(Set.of(new ProjectName("old"), new ProjectName("older")), config.series().kept());
    assertEquals(new ScpLimits(7, 5), config.scp().limits());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "dicom.ae-title  | a title of seventeen | aeTitle",
        "dicom.allowed   | back\\slash          | dicom.allowed",
        "dicom.tls-port  | 2762                 | dicom.tls-identity",
        "dicom.tls-clients | perhaps            | dicom.tls-clients",
        "dicom.tls-trusted | /does/not/exist.pem | exist.pem",
        "gateway.late    | ignore               | gateway.late",
        "gateway.kept-projects | Priors         | gateway.kept-projects",
        "gateway.associations | 0               | gateway.associations",
        "gateway.instances | none               | gateway.instances",
        "gateway.announced | perhaps            | gateway.announced",
        "gateway.announced-wait | soon          | gateway.announced-wait"
      })
  void aValueThatIsWrongIsRefusedByName(String key, String value, String named) {
    Map<String, String> chosen = new HashMap<>(Map.of(key, value));
    if (key.equals("dicom.tls-clients")) {
      chosen.put("dicom.tls-port", "0");
      chosen.put("dicom.tls-identity", "/does/not/exist.p12");
    }
    var refused = assertThrows(SettingsInvalid.class, () -> config(chosen));
    boolean identity = key.equals("dicom.tls-clients");
    String message = String.valueOf(refused.getMessage());
    assertTrue(message.contains(named) || identity && message.contains("exist.p12"), message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'FP_LIVER': 'liver' | 'FP_LIVER': 'Liver!' | projects.FP_LIVER",
        "'aeTitle': 'PACS' | 'hosts': [] | callers[1]: aeTitle",
        "10.1.0.0/16 | pacs.example | callers[0]: hosts",
        "CN=ct1 | sha256:12 | callers[0]: certificates",
        "'associations': 3 | 'associations': -1 | callers[0]",
        "'port': 104 | 'port': 0 | callers[0].address",
        "'port': 104 | 'port': 104, 'tls': true | dicom.tls",
        "'format': 1 | 'format': 2 | format",
        "'calls' | 'call' | call"
      })
  void aFieldOfTheNetworkThatIsWrongIsRefusedByName(String right, String wrong, String named) {
    String text = NETWORK.replace(right.replace('\'', '"'), wrong.replace('\'', '"'));
    assertFalse(text.equals(NETWORK));
    var refused =
        assertThrows(RuntimeException.class, () -> config(Map.of("dicom.network", network(text))));
    assertTrue(
        refused instanceof SettingsInvalid || refused instanceof CommandFailed, refused.toString());
    assertTrue(String.valueOf(refused.getMessage()).contains(named), refused.getMessage());
  }

  @Test
  void theWorklistHoldsItsCallersToWhatTheNetworkStatesOfThem() {
    GatewaySettings settings =
        settings(Map.of("worklist.callers", "CT1,WS1", "dicom.network", network(NETWORK)));
    ProcedureStepScp.Place place = settings.worklist().orElseThrow();
    assertEquals("FIRSTPASS_WL", place.aeTitle());
    assertEquals("127.0.0.1", place.bindAddress());
    assertEquals(11113, place.port());
    assertNull(place.tls());
    List<AccessRule> rules = place.callers().rules();
    assertEquals(2, rules.size());
    assertEquals("[10.1.0.0/16]", rules.get(0).hosts().toString());
    assertEquals(1, rules.get(0).certificates().size());
    assertEquals(AccessRule.of("WS1"), rules.get(1));
    assertEquals(
        Map.of("CT1", new DicomPeer("10.1.2.3", 104, "CT1", "FIRSTPASS_WL")),
        settings.peers("FIRSTPASS_WL"));
    assertTrue(settings(Map.of()).worklist().isEmpty(), "nobody is named");
  }

  @Test
  void thePortsOfTheWorklistAreRefusedByName() {
    Map<String, String> callers = Map.of("worklist.callers", "WS1");
    for (String key : List.of("worklist.port", "worklist.tls-port")) {
      Map<String, String> chosen = new HashMap<>(callers);
      chosen.put(key, key.endsWith("tls-port") ? "2762" : "65536");
      var refused = assertThrows(SettingsInvalid.class, () -> settings(chosen).worklist());
      assertTrue(String.valueOf(refused.getMessage()).contains(key), refused.getMessage());
    }
  }

  private GatewayConfig config(Map<String, String> chosen) {
    return settings(chosen).config(new byte[32]);
  }

  private GatewaySettings settings(Map<String, String> chosen) {
    Map<String, String> environment = new HashMap<>();
    chosen.forEach(
        (key, value) ->
            environment.put(
                "FIRSTPASS_"
                    + key.toUpperCase(java.util.Locale.ROOT).replace('.', '_').replace('-', '_'),
                value));
    Settings settings = Settings.load(folder.resolve("none.properties"), environment, Keys.ALL);
    return new GatewaySettings(settings);
  }

  private String network(String text) {
    try {
      return Files.writeString(folder.resolve("network.json"), text).toString();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
