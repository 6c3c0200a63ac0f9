package org.firstpass.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.firstpass.peer.WebAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DestinationsTest {
  private static final String GOOD =
      """
      {"format": 1, "destinations": [{
        "name": "pacs",
        "dimse": {"host": "pacs.example.org", "port": 104, "called": "PACS", "calling": "FIRSTPASS"},
        "proposal": ["SEG"], "correction": ["SEG"],
        "confirmation": "READ_BACK",
        "retry": {"attempts": 5, "first": "10s", "longest": "5m"},
        "timeout": "90s", "concurrency": 2,
        "when": {"projects": ["liver"], "modalities": ["CT"], "packages": ["abdomen"]}
      }]}
      """;

  @TempDir private Path folder;

  private Destinations read(String json) throws IOException {
    return Destinations.read(Files.writeString(folder.resolve("destinations.json"), json));
  }

  @Test
  void everythingThatIsWrittenIsRead() throws IOException {
    Destination pacs = read(GOOD).destinations().get(0);
    assertEquals("pacs", pacs.name());
    assertEquals(List.of(ObjectKind.SEG), pacs.objects(Result.Kind.CORRECTION));
    assertEquals(Duration.ofSeconds(90), pacs.limit());
    assertEquals(2, pacs.workers());
    assertEquals(5, pacs.budget().attempts());
    assertEquals(SegmentationForm.BINARY, pacs.form());
    assertEquals(List.of("CT"), pacs.condition().modalities());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"format\": 1 | \"format\": 2 | the format of destinations must be 1, but is 2",
        "\"name\": \"pacs\" | \"name\": \"PACS\" | name must be lower-case",
        "\"port\": 104 | \"port\": 0 | port is 1 to 65535",
        "\"called\": \"PACS\", | `` | called is missing",
        "\"called\": \"PACS\" | \"called\": \"SEVENTEEN_LETTERS\" | calledAeTitle",
        "\"host\" | \"hst\" | host is missing",
        "\"port\": 104 | \"port\": 104, \"colour\": 1 | colour",
        "[\"SEG\"], \"correction\" | [\"JPEG\"], \"correction\" | JPEG",
        "\"confirmation\": \"READ_BACK\", | `` | must have a confirmation",
        "\"READ_BACK\" | \"HOPE\" | HOPE",
        "\"attempts\": 5 | \"attempts\": 0 | attempts is 1 to 1000",
        "\"10s\" | \"ten\" | first must be a duration",
        "\"5m\" | \"1s\" | longest must not be less than first",
        "\"90s\" | \"0s\" | timeout must be more than 0",
        "\"concurrency\": 2 | \"concurrency\": 9 | concurrency is 1 to 8",
        "\"proposal\": [\"SEG\"], \"correction\": [\"SEG\"], | `` | must send something"
      })
  void whatIsWrongIsRefusedByName(String good, String wrong, String complaint) {
    String json = GOOD.replace(good, wrong);
    var refused = assertThrows(IllegalArgumentException.class, () -> read(json));
    assertTrue(String.valueOf(refused.getMessage()).contains(complaint), refused.getMessage());
  }

  @Test
  void aDestinationIsEitherDimseOrWeb() {
    String both =
        GOOD.replace(
            "\"proposal\"", "\"stow\": {\"url\": \"http://pacs/dicom-web\"}, \"proposal\"");
    var refused = assertThrows(IllegalArgumentException.class, () -> read(both));
    assertTrue(
        String.valueOf(refused.getMessage()).contains("one of dimse and stow"),
        refused.getMessage());
  }

  @Test
  void tlsFilesThatCannotBeReadAreRefusedByName() {
    String json =
        GOOD.replace("\"port\": 104", "\"port\": 104, \"tls\": {\"trusted\": \"/no/such.pem\"}");
    var refused = assertThrows(IllegalArgumentException.class, () -> read(json));
    assertTrue(String.valueOf(refused.getMessage()).contains("/no/such.pem"), refused.getMessage());
  }

  @Test
  void whatRefersToASegmentationGoesWithIt() {
    String json = GOOD.replace("\"proposal\": [\"SEG\"]", "\"proposal\": [\"SR\"]");
    var refused = assertThrows(IllegalArgumentException.class, () -> read(json));
    assertTrue(
        String.valueOf(refused.getMessage()).contains("without the SEG"), refused.getMessage());
  }

  @Test
  void commitmentTakesDimse() {
    String json =
        """
        {"format": 1, "destinations": [{"name": "web", "stow": {"url": "http://pacs/dicom-web"},
          "proposal": ["SEG"], "confirmation": "COMMITMENT"}]}
        """;
    var refused = assertThrows(IllegalArgumentException.class, () -> read(json));
    assertTrue(
        String.valueOf(refused.getMessage()).contains("confirmed by READ_BACK"),
        refused.getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "ftp://pacs/dicom-web, url must begin with http",
    "http:///dicom-web, url must name a host",
    "http://user:secret@pacs/dicom-web, credentials belong in authorization",
    "not a url, url is not a URL"
  })
  void aUrlThatCannotBeUsedIsRefused(String url, String complaint) {
    var refused = assertThrows(IllegalArgumentException.class, () -> new WebAddress(url, null));
    assertTrue(String.valueOf(refused.getMessage()).contains(complaint), refused.getMessage());
  }

  private static String noticed(String notice) {
    String last = GOOD.strip();
    return last.substring(0, last.length() - 1) + ", \"notices\": [" + notice + "]}";
  }

  private static final String RIS =
      """
      {"name": "ris", "of": "pacs", "retry": {"attempts": 2, "first": "1s", "longest": "2s"},
       "dimse": {"host": "ris.example.org", "port": 104, "called": "RIS", "calling": "FIRSTPASS"}}
      """;

  @Test
  void whoIsToldIsReadAndRetrievesFromTheDestinationUnlessItSaysOtherwise() throws IOException {
    Destinations read = read(noticed(RIS));
    Destination pacs = read.destinations().get(0);
    NoticeReceiver ris = read.told(pacs).get(0);
    assertEquals("ris", ris.terms().title());
    assertEquals(2, ris.terms().budget().attempts());
    assertEquals(Duration.ofMinutes(5), ris.terms().limit());
    assertEquals("PACS", ris.retrieveTitle(pacs));
    String elsewhere = RIS.replace("\"of\"", "\"retrieve\": \"VNA\", \"of\"");
    assertEquals("VNA", read(noticed(elsewhere)).told(pacs).get(0).retrieveTitle(pacs));
    assertEquals(List.of(), read(GOOD).told(pacs));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"of\": \"pacs\" | \"of\": \"vna\" | notice 'ris' is of 'vna', which is no destination",
        "\"of\": \"pacs\", | `` | of is missing",
        "\"name\": \"ris\" | \"name\": \"pacs\" | two have the name 'pacs'",
        "\"name\": \"ris\" | \"name\": \"The RIS\" | name must be lower-case",
        "\"dimse\" | \"dimsy\" | must have dimse",
        "\"of\": | \"retrieve\": \"SEVENTEEN_LETTERS\", \"of\": | retrieve is an AE title",
        "\"of\": | \"retrieve\": \"A\\\\B\", \"of\": | retrieve is an AE title",
        "\"of\": | \"retrieve\": \" \", \"of\": | retrieve is an AE title",
        "\"attempts\": 2 | \"attempts\": 0 | attempts is 1 to 1000"
      })
  void aNoticeThatIsWrongIsRefusedByName(String good, String wrong, String complaint) {
    var refused =
        assertThrows(IllegalArgumentException.class, () -> read(noticed(RIS.replace(good, wrong))));
    assertTrue(String.valueOf(refused.getMessage()).contains(complaint), refused.getMessage());
  }

  @Test
  void whatIsStoredByTheWebIsRetrievedFromANamedAeTitle() throws IOException {
    String web =
        """
        {"format": 1, "destinations": [{"name": "pacs", "stow": {"url": "http://pacs/dicom-web"},
          "proposal": ["SEG"], "confirmation": "READ_BACK"}], "notices": [%s]}
        """;
    var refused = assertThrows(IllegalArgumentException.class, () -> read(web.formatted(RIS)));
    assertTrue(String.valueOf(refused.getMessage()).contains("must have retrieve"));
    read(web.formatted(RIS.replace("\"of\"", "\"retrieve\": \"PACS\", \"of\"")));
  }

  @Test
  void twoDestinationsOfOneNameAreRefused() throws IOException {
    Destination pacs = read(GOOD).destinations().get(0);
    assertThrows(IllegalArgumentException.class, () -> new Destinations(1, List.of(pacs, pacs)));
  }
}
