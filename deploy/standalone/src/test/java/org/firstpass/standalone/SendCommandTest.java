package org.firstpass.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.firstpass.dicom.AccessList;
import org.firstpass.dicom.AccessRule;
import org.firstpass.dicom.ClientCertificate;
import org.firstpass.dicom.IncomingInstance;
import org.firstpass.dicom.ScpConfig;
import org.firstpass.dicom.ScpLimits;
import org.firstpass.dicom.ScpServices;
import org.firstpass.dicom.ScpWatch;
import org.firstpass.dicom.StorageScp;
import org.firstpass.dicom.TlsListener;
import org.firstpass.dicom.tls.CertificateMark;
import org.firstpass.dicom.tls.TlsFiles;
import org.firstpass.dicom.tls.TlsMaterial;
import org.firstpass.study.ProjectName;
import org.firstpass.testing.TestKeys;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files to a receiver that knows its senders by their certificates. */
class SendCommandTest {
  private static final int SLICES = 3;

  @TempDir private static Path folder;
  private static TestKeys pacs;
  private static TestKeys modality;
  private static StorageScp scp;
  private static PhantomSeries series;
  private static final List<String> RECEIVED = new CopyOnWriteArrayList<>();

  @BeforeAll
  static void start() throws IOException {
    pacs = TestKeys.make(folder, "pacs", "ip:127.0.0.1");
    modality = TestKeys.make(folder, "modality", "dns:modality");
    series = PhantomSeries.write(folder.resolve("series"), 5001, SLICES);
    var material =
        TlsMaterial.load(new TlsFiles(pacs.certificate(), pacs.key(), "", modality.certificate()));
    var rule =
        new AccessRule(
            "MOD", List.of(), List.of(CertificateMark.parse("CN=modality")), Set.of("PACS"), 0);
    scp =
        new StorageScp(
            new ScpConfig(
                Map.of("PACS", ProjectName.DEFAULT, "OTHER", ProjectName.DEFAULT),
                "127.0.0.1",
                0,
                new TlsListener(0, material, ClientCertificate.REQUIRED),
                new AccessList(List.of(rule)),
                ScpLimits.DEFAULT),
            ScpServices.storing(SendCommandTest::receive),
            ScpWatch.NONE);
    scp.start();
  }

  @AfterAll
  static void stop() {
    scp.close();
  }

  @BeforeEach
  void forget() {
    RECEIVED.clear();
  }

  private static void receive(IncomingInstance instance) {
    try {
      instance.part10().readAllBytes();
      RECEIVED.add(instance.sender() + " to " + instance.calledAeTitle());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static CommandLineRun send(String... options) {
    List<String> command = new ArrayList<>(List.of("send", folder.resolve("series").toString()));
    command.addAll(List.of("--port", Integer.toString(scp.tlsPort().orElseThrow())));
    command.addAll(List.of(options));
    return CommandLineRun.of(command.toArray(String[]::new));
  }

  private static String[] ours(String... more) {
    List<String> options = new ArrayList<>(List.of(more));
    options.addAll(List.of("--tls-identity", modality.certificate().toString()));
    options.addAll(List.of("--tls-key", modality.key().toString()));
    options.addAll(List.of("--tls-trusted", pacs.certificate().toString()));
    return options.toArray(String[]::new);
  }

  @Test
  void filesGoOverTlsUnderTheTitlesThatAreGiven() {
    CommandLineRun run = send(ours("--calling", "MOD", "--called", "PACS"));
    assertEquals(0, run.status(), run::err);
    assertEquals(series.files().size(), RECEIVED.size());
    assertEquals(Set.of("MOD to PACS"), Set.copyOf(RECEIVED));
    assertTrue(run.out().contains("stored " + SLICES + " of " + SLICES), run::out);
  }

  @Test
  void anotherTitleOrNoCertificateOrATrustThatDoesNotFitIsRefusedWithAReason() {
    for (String[] options :
        List.of(
            ours("--calling", "OTHER", "--called", "PACS"),
            ours("--calling", "MOD", "--called", "OTHER"),
            new String[] {"--tls", "--calling", "MOD", "--called", "PACS"},
            new String[] {
              "--calling", "MOD", "--called", "PACS", "--tls-trusted", pacs.certificate().toString()
            },
            new String[] {"--calling", "MOD", "--called", "PACS"})) {
      CommandLineRun run = send(options);
      assertEquals(1, run.status(), () -> String.join(" ", options) + run.out());
      assertTrue((run.out() + run.err()).contains("FP"), () -> run.out() + run.err());
    }
    assertEquals(List.of(), RECEIVED);
  }

  @Test
  void aFileThatIsNoKeyIsNamedInOneLine() throws IOException {
    Path text = Files.writeString(folder.resolve("no.pem"), "no key");
    CommandLineRun run =
        send("--calling", "MOD", "--called", "PACS", "--tls-identity", text.toString());
    assertEquals(1, run.status());
    assertTrue(run.err().contains("no.pem"), run::err);
    assertEquals(1, run.err().strip().lines().count(), run::err);
  }

  @Test
  void helpNamesEveryOption() {
    String help = CommandLineRun.of("send", "--help").out();
    for (String option :
        List.of(
            "--host",
            "--port",
            "--called",
            "--calling",
            "--tls",
            "--tls-identity",
            "--tls-key",
            "--tls-password",
            "--tls-trusted")) {
      assertTrue(help.contains(option), option);
    }
  }
}
