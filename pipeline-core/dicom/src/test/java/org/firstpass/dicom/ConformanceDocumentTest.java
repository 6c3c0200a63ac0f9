package org.firstpass.dicom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dcm4che3.data.UID;
import org.dcm4che3.net.Association;
import org.firstpass.dicom.conformance.ObjectTablesText;
import org.firstpass.dicom.pixel.Encoding;
import org.firstpass.dicom.tls.TlsMaterial;
import org.firstpass.dicom.wire.Bounds;
import org.firstpass.failure.Defect;
import org.firstpass.failure.FirstpassFailure;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.firstpass.failure.TryAgainLater;
import org.junit.jupiter.api.Test;

/**
 * The tables of the conformance statement are what the code does. They stand between {@code <!--
 * begin name -->} and {@code <!-- end name -->}; with {@code -Dfirstpass.write-documents=true} they
 * are written instead of compared.
 */
class ConformanceDocumentTest {
  private static final Map<ReasonCode.Kind, String> MEANING =
      Map.of(
          ReasonCode.Kind.REFUSED, "every refusal (FP1...) that has no other row",
          ReasonCode.Kind.TRY_AGAIN, "every delay (FP2...): sending again helps",
          ReasonCode.Kind.DEFECT, "every fault of Firstpass (FP3...)");

  /** What archives, modalities and worklists offer, whether we serve it or not. */
  private static final Map<String, String> SERVICES =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("1.2.840.10008.1.1", "Verification"),
              Map.entry("1.2.840.10008.5.1.4.1.1.2", "CT Image Storage, as an example of Storage"),
              Map.entry("1.2.840.10008.1.20.1", "Storage Commitment Push Model"),
              Map.entry("1.2.840.10008.3.1.2.3.3", "Modality Performed Procedure Step"),
              Map.entry("1.2.840.10008.5.1.4.33", "Instance Availability Notification"),
              Map.entry("1.2.840.10008.5.1.4.31", "Modality Worklist - FIND"),
              Map.entry("1.2.840.10008.5.1.4.1.2.1.1", "Patient Root - FIND"),
              Map.entry("1.2.840.10008.5.1.4.1.2.2.1", "Study Root - FIND"),
              Map.entry("1.2.840.10008.5.1.4.1.2.2.2", "Study Root - MOVE"),
              Map.entry("1.2.840.10008.5.1.4.1.2.2.3", "Study Root - GET"),
              Map.entry("1.2.840.10008.5.1.4.34.6.1", "Unified Procedure Step - Push"),
              Map.entry("1.2.840.10008.5.1.4.34.6.2", "Unified Procedure Step - Watch"),
              Map.entry("1.2.840.10008.5.1.4.34.6.3", "Unified Procedure Step - Pull"),
              Map.entry("1.2.840.10008.5.1.4.34.6.4", "Unified Procedure Step - Event"),
              Map.entry("1.2.840.10008.5.1.4.34.6.5", "Unified Procedure Step - Query")));

  /** Those of PS3.6 table A-1 in which images are met. */
  private static final Map<String, String> IMAGE_SYNTAXES =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("1.2.840.10008.1.2", "Implicit VR Little Endian"),
              Map.entry("1.2.840.10008.1.2.1", "Explicit VR Little Endian"),
              Map.entry("1.2.840.10008.1.2.1.99", "Deflated Explicit VR Little Endian"),
              Map.entry("1.2.840.10008.1.2.2", "Explicit VR Big Endian"),
              Map.entry("1.2.840.10008.1.2.4.50", "JPEG Baseline"),
              Map.entry("1.2.840.10008.1.2.4.51", "JPEG Extended"),
              Map.entry("1.2.840.10008.1.2.4.57", "JPEG Lossless"),
              Map.entry("1.2.840.10008.1.2.4.70", "JPEG Lossless, First-Order Prediction"),
              Map.entry("1.2.840.10008.1.2.4.80", "JPEG-LS Lossless"),
              Map.entry("1.2.840.10008.1.2.4.81", "JPEG-LS Near-Lossless"),
              Map.entry("1.2.840.10008.1.2.4.90", "JPEG 2000 Lossless"),
              Map.entry("1.2.840.10008.1.2.4.91", "JPEG 2000"),
              Map.entry("1.2.840.10008.1.2.4.110", "JPEG XL Lossless"),
              Map.entry("1.2.840.10008.1.2.4.112", "JPEG XL"),
              Map.entry("1.2.840.10008.1.2.4.201", "High-Throughput JPEG 2000 Lossless"),
              Map.entry("1.2.840.10008.1.2.4.203", "High-Throughput JPEG 2000"),
              Map.entry("1.2.840.10008.1.2.5", "RLE Lossless"),
              Map.entry("1.2.840.10008.1.2.8.1", "Deflated Image Frame")));

  /** Those of PS3.4 tables C.4-1 to C.4-3 and PS3.7 annex C that archives answer. */
  private static final Map<Integer, String> ARCHIVE_STATUSES =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry(0x0110, "processing failure"),
              Map.entry(0x0122, "SOP class not supported"),
              Map.entry(0x0124, "not authorized"),
              Map.entry(0x0211, "unrecognized operation"),
              Map.entry(0x0213, "resource limitation"),
              Map.entry(0xA700, "out of resources"),
              Map.entry(0xA701, "out of resources, number of matches"),
              Map.entry(0xA702, "out of resources, sub-operations"),
              Map.entry(0xA801, "move destination unknown"),
              Map.entry(0xA900, "identifier does not match SOP class"),
              Map.entry(0xC000, "unable to process, with every Cxxx"),
              Map.entry(0xFE00, "cancelled, where we did not ask for it")));

  @Test
  void hasTheObjectsThatAreChecked() throws IOException {
    compare("objects", ObjectTablesText.objects());
  }

  @Test
  void hasTheAttributesThatAreChecked() throws IOException {
    compare("modules", ObjectTablesText.modules());
  }

  @Test
  void hasHowWeNameOurselvesOnTheNetwork() throws IOException {
    compare(
        "implementation",
        """
        | | |
        |---|---|
        | Implementation Class UID | %s |
        | Implementation Version Name | %s |
        | PDU length | %d bytes offered; what the peer offers is kept, if it is %d or more |
        | connections without an association | are aborted after %d s, TLS handshakes cut after as long; where too many wait, the oldest is cut |
        | silent associations | are aborted after %d s |
        | peers that do not read, or send a message at less than %d bytes in %d s | are cut |
        | longer PDUs than %d bytes, longer command sets than %d | are aborted |
        """
            .formatted(
                OwnEquipment.IMPLEMENTATION_CLASS_UID,
                OwnEquipment.IMPLEMENTATION_VERSION_NAME,
                StorageScp.PDU_LENGTH,
                AssociationGate.LEAST_PDU_LENGTH,
                StorageScp.BOUNDS.associate().toSeconds(),
                StorageScp.BOUNDS.idle().toSeconds(),
                Bounds.LEAST_BYTES,
                StorageScp.BOUNDS.stall().toSeconds(),
                Bounds.LONGEST_PDU,
                Bounds.LONGEST_COMMAND));
  }

  @Test
  void hasTheStorageClassesThatAreAcceptedAndThoseThatAreNot() throws IOException {
    compare(
        "storage classes",
        """
        Every SOP class under `1.2.840.10008.5.1.4.1.1.` but those of query, retrieve and inventory services
        (%s); the standard's storage classes elsewhere and those of makers (%s); and every class that the
        requestor says, by common extended negotiation, to be one of the Storage service.
        """
            .formatted(list(SopClasses.NOT_STORAGE), list(SopClasses.OTHER_STORAGE)));
  }

  @Test
  void hasTheTransferSyntaxesThatAreNotAccepted() throws IOException {
    compare(
        "transfer syntaxes",
        """
        Every transfer syntax under `1.2.840.10008.1.2`, the first one that is proposed of each presentation context, but
        %s: pixel data elsewhere, or no data set.
        """
            .formatted(list(TransferSyntaxes.NOT_STORABLE)));
  }

  @Test
  void hasTheTransferSyntaxesWhosePixelsAreRead() throws IOException {
    String rows =
        IMAGE_SYNTAXES.entrySet().stream()
            .map(
                entry ->
                    "| %s | %s | %s |"
                        .formatted(
                            entry.getKey(),
                            entry.getValue(),
                            Encoding.of(entry.getKey()).isPresent() ? "yes" : "stored, not read"))
            .collect(Collectors.joining("\n"));
    compare(
        "image syntaxes",
        "| transfer syntax | name | images are read |\n|---|---|---|\n" + rows + "\n");
  }

  @Test
  void hasTheStatusOfEveryFailure() throws IOException {
    Map<Integer, TreeSet<String>> reasons = new TreeMap<>();
    for (ReasonCode reason : ReasonCode.values()) {
      int status = StoreStatus.of(failure(reason)).code();
      boolean usual = status == usualStatus(reason.kind());
      add(reasons, status, usual ? MEANING.get(reason.kind()) : reason.code());
    }
    for (StoreStatus status :
        List.of(StoreStatus.MISMATCH, StoreStatus.INVALID_INSTANCE, StoreStatus.WRONG_CLASS)) {
      add(reasons, status.code(), status.comment().split(" ", 2)[1]);
    }
    String rows =
        reasons.entrySet().stream()
            .map(
                entry ->
                    "| %04X | %s |".formatted(entry.getKey(), String.join("; ", entry.getValue())))
            .collect(Collectors.joining("\n"));
    compare("store statuses", "| status | when |\n|---|---|\n| 0000 | stored |\n" + rows + "\n");
  }

  @Test
  void hasWhatArchivesAreAskedFor() throws IOException {
    var rows = new StringBuilder("| | Study Root | Patient Root |\n|---|---|---|\n");
    for (ArchiveService service : ArchiveService.values()) {
      rows.append(
          "| %s | %s | %s |\n"
              .formatted(service.label(), service.studyRoot(), service.patientRoot()));
    }
    compare("archive services", rows.toString());
  }

  @Test
  void hasWhatTheStatusOfAnArchiveMeans() throws IOException {
    String rows =
        ARCHIVE_STATUSES.entrySet().stream()
            .map(
                entry -> {
                  ReasonCode reason = ArchiveStatus.reason(entry.getKey());
                  return "| %04X | %s | %s %s |\n"
                      .formatted(entry.getKey(), entry.getValue(), reason.code(), reason);
                })
            .collect(Collectors.joining());
    compare("archive statuses", "| status | in the standard | ends with |\n|---|---|---|\n" + rows);
  }

  @Test
  void hasWhatIsProposedForRetrievals() throws IOException {
    compare(
        "retrieve contexts",
        """
        For each SOP class one presentation context with Explicit and Implicit VR Little Endian, then one for each of these, in this order, as far as
        %d presentation contexts go: %s. If the archive does not tell SOP classes: %s.
        """
            .formatted(
                StorageProposals.MOST,
                StorageProposals.COMPRESSED.stream()
                    .map(uid -> "`" + uid + "`")
                    .collect(Collectors.joining(", ")),
                list(StorageProposals.COMMONEST)));
  }

  /** What the gateway negotiates when it serves all that it can. */
  @Test
  void hasTheServicesThatAreNegotiated() throws IOException {
    AnnouncementReceiver announcements =
        new AnnouncementReceiver() {
          @Override
          public Answer created(Announcement announcement) {
            return Answer.TAKEN;
          }

          @Override
          public Answer updated(Announcement announcement) {
            return Answer.TAKEN;
          }
        };
    var services =
        new ScpServices(instance -> {}, request -> {}, new CommitmentInbox(), announcements);
    var config = new ScpConfig("GATEWAY", "127.0.0.1", 0, Set.of());
    var rows = new StringBuilder("| service | SOP class | accepted, in transfer syntaxes |\n");
    rows.append("|---|---|---|\n");
    try (var scp = new StorageScp(config, services, ScpWatch.NONE)) {
      scp.start();
      var peer = new DicomPeer("127.0.0.1", scp.port(), "GATEWAY", "TESTER");
      try (var requestor = new RequestorNode(peer)) {
        Association association = requestor.open(proposals());
        SERVICES.forEach(
            (uid, name) -> {
              Set<String> accepted = association.getTransferSyntaxesFor(uid);
              rows.append(
                  "| %s | %s | %s |\n"
                      .formatted(
                          name,
                          uid,
                          accepted.isEmpty() ? "no" : String.join(", ", new TreeSet<>(accepted))));
            });
        requestor.release(association);
      }
    }
    compare("services", rows.toString());
  }

  private static List<OutgoingFile.Syntax> proposals() {
    return SERVICES.keySet().stream()
        .flatMap(
            uid ->
                Stream.of(
                        UID.ImplicitVRLittleEndian,
                        UID.ExplicitVRLittleEndian,
                        UID.DeflatedExplicitVRLittleEndian)
                    .map(syntax -> new OutgoingFile.Syntax(uid, syntax)))
        .toList();
  }

  @Test
  void hasTheReasonsForWhichAnAssociationIsRejected() throws IOException {
    String rows =
        Arrays.stream(AssociationRejection.values())
            .map(
                rejection ->
                    "| %s | %d | %d | %d |"
                        .formatted(
                            rejection.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                            rejection.answer().getResult(),
                            rejection.answer().getSource(),
                            rejection.answer().getReason()))
            .collect(Collectors.joining("\n"));
    compare(
        "rejections",
        "| because of | result | source | reason |\n|---|---|---|---|\n" + rows + "\n");
  }

  @Test
  void hasTheVersionsAndSuitesOfTls() throws IOException {
    compare(
        "tls",
        """
        Versions: %s. Suites: %s.
        """
            .formatted(
                String.join(", ", TlsMaterial.protocols()),
                String.join(", ", TlsMaterial.suites())));
  }

  private static void add(Map<Integer, TreeSet<String>> reasons, int status, String reason) {
    reasons.computeIfAbsent(status, any -> new TreeSet<>()).add(reason);
  }

  /** The status that most reasons of a kind have. */
  private static int usualStatus(ReasonCode.Kind kind) {
    Map<Integer, Long> counts =
        Arrays.stream(ReasonCode.values())
            .filter(reason -> reason.kind() == kind)
            .collect(
                Collectors.groupingBy(
                    reason -> StoreStatus.of(failure(reason)).code(), Collectors.counting()));
    return Collections.max(counts.entrySet(), Map.Entry.comparingByValue()).getKey();
  }

  private static FirstpassFailure failure(ReasonCode reason) {
    return switch (reason.kind()) {
      case REFUSED -> new StudyRefused(reason, "");
      case TRY_AGAIN -> new TryAgainLater(reason, "");
      case DEFECT -> new Defect(reason, "");
    };
  }

  private static String list(Iterable<String> uids) {
    var sorted = new TreeSet<String>();
    uids.forEach(uid -> sorted.add("`" + uid + "`"));
    return String.join(", ", sorted);
  }

  private static void compare(String name, String expected) throws IOException {
    Path file = document();
    String text = Files.readString(file);
    String begin = "<!-- begin " + name + " -->\n";
    String end = "<!-- end " + name + " -->";
    int from = text.indexOf(begin);
    int to = text.indexOf(end);
    assertTrue(from >= 0 && to > from, "the conformance statement has no part " + name);
    String found = text.substring(from + begin.length(), to);
    if (Boolean.getBoolean("firstpass.write-documents") && !found.equals(expected)) {
      Files.writeString(
          file, text.substring(0, from + begin.length()) + expected + text.substring(to));
      return;
    }
    assertEquals(expected, found, "the part " + name + " is out of date");
  }

  private static Path document() {
    Path folder = Path.of("").toAbsolutePath();
    while (folder.getParent() != null && !Files.exists(folder.resolve("LICENSE"))) {
      folder = folder.getParent();
    }
    return folder.resolve("deploy/docs/dicom-conformance.md");
  }
}
