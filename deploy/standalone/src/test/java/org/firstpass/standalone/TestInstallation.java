package org.firstpass.standalone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.firstpass.dicom.DicomPeer;
import org.firstpass.dicom.SendReport;
import org.firstpass.dicom.StorageScu;
import org.firstpass.event.ObjectReference;
import org.firstpass.event.ProposalMade;
import org.firstpass.testing.LeftBehind;
import org.firstpass.volume.LabelMap;
import org.firstpass.volume.LabelMapCodec;

/** One standalone for many tests: starting one takes longer than most of them. */
final class TestInstallation implements AutoCloseable {
  /** A workstation at which the administrator is known to read. */
  static final String WORKSTATION = "READING_ROOM_1";

  private static final int ASSOCIATIONS = 2;

  private final Path folder;
  private final Standalone standalone;
  private final ReviewClient administrator;

  private TestInstallation(Path folder, Standalone standalone) {
    this.folder = folder;
    this.standalone = standalone;
    var first = standalone.firstAdministrator().orElseThrow();
    this.administrator = ReviewClient.login(standalone.address(), first.user(), first.password());
  }

  static TestInstallation start() {
    try {
      Path folder = Files.createTempDirectory("firstpass-test");
      Path models = RealPackages.write(folder.resolve("models"));
      return start(
          folder,
          Map.of(
              Keys.MODELS_FOLDERS,
              models + "," + Repository.packages(),
              Keys.REVIEW_VIEWERS,
              WORKSTATION + "=admin"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * @param folder is deleted when it is closed
   * @param chosen settings beside those that every test needs
   */
  static TestInstallation start(Path folder, Map<String, String> chosen) {
    Map<String, String> all = new HashMap<>(chosen);
    all.putAll(Map.of(Keys.DICOM_PORT, "0", Keys.HTTP_PORT, "0", Keys.GATEWAY_QUIET, "2s"));
    StateFolder state = LentBinaries.to(StateFolder.at(folder.resolve("state")));
    Configuration configuration = Configuration.of(state, all);
    Standalone standalone = Standalone.start(configuration);
    LeftBehind.watch();
    return new TestInstallation(folder, standalone);
  }

  Standalone standalone() {
    return standalone;
  }

  Path state() {
    return standalone.stateRoot();
  }

  Infrastructure infrastructure() {
    return standalone.infrastructure();
  }

  /** A client that may do everything. */
  ReviewClient administrator() {
    return administrator;
  }

  SeriesWatch watch() {
    return new SeriesWatch(infrastructure());
  }

  SendReport send(List<Path> files) {
    return send(files, "TEST_SCU");
  }

  SendReport send(List<Path> files, String callingAe) {
    var peer = new DicomPeer("127.0.0.1", standalone.dicomPort(), standalone.aeTitle(), callingAe);
    return StorageScu.send(peer, files, ASSOCIATIONS, done -> {});
  }

  LabelMap labels(ProposalMade proposal) {
    return LabelMapCodec.decode(read(proposal.labels()));
  }

  /** The proposal's SEG object as a file. */
  Path segmentation(ProposalMade proposal) throws IOException {
    return Files.write(folder.resolve(proposal.id() + ".dcm"), read(proposal.segmentation()));
  }

  private byte[] read(ObjectReference object) {
    return infrastructure().objects().read(object.digest());
  }

  @Override
  public void close() throws IOException {
    standalone.close();
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
