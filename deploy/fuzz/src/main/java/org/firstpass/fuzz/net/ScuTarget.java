package org.firstpass.fuzz.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.firstpass.dicom.Announcement;
import org.firstpass.dicom.AvailabilityNotice;
import org.firstpass.dicom.CommitmentInbox;
import org.firstpass.dicom.DicomPeer;
import org.firstpass.dicom.ObjectIdentity;
import org.firstpass.dicom.ObjectScu;
import org.firstpass.dicom.ReferencedInstance;
import org.firstpass.dicom.SendReport;
import org.firstpass.dicom.StorageCommitment;
import org.firstpass.dicom.StorageScu;
import org.firstpass.failure.TryAgainLater;
import org.firstpass.fuzz.FuzzTarget;
import org.firstpass.fuzz.Limits;
import org.firstpass.study.InstanceReference;
import org.firstpass.study.SeriesInstanceUid;
import org.firstpass.study.Sha256;
import org.firstpass.study.SopClassUid;
import org.firstpass.study.SopInstanceUid;
import org.firstpass.study.StudyInstanceUid;
import org.jspecify.annotations.Nullable;

/**
 * Our SCUs at a server that answers as the input says. Each returns, or says that the peer is of no
 * use, and none of its threads ends with an exception.
 */
final class ScuTarget implements FuzzTarget {
  private static final Duration LIMIT = Duration.ofSeconds(2);
  private static final Duration COMMITMENT = Duration.ofMillis(20);

  private final AtomicReference<@Nullable Throwable> uncaught = new AtomicReference<>();
  private @Nullable HostileServer server;
  private @Nullable Path file;

  @Override
  public String name() {
    return "peers";
  }

  @Override
  public List<byte[]> seeds() {
    byte[] honest = new byte[128];
    byte[] other = new byte[400];
    for (int i = 0; i < other.length; i++) {
      other[i] = (byte) (i * 11 % 247);
    }
    byte[][] seeds = new byte[12][];
    for (int scu = 0; scu < 6; scu++) {
      seeds[2 * scu] = honest.clone();
      seeds[2 * scu + 1] = other.clone();
      seeds[2 * scu][0] = (byte) scu;
      seeds[2 * scu + 1][0] = (byte) scu;
    }
    return List.of(seeds);
  }

  /** Each opens an association, and what the server does not say is waited for. */
  @Override
  public int briefly() {
    return 100;
  }

  @Override
  public int longestInput() {
    return 1 << 12;
  }

  /**
   * The toolkit reads the data set of a response itself, and makes room for a value as long as it
   * says, up to 64 MiB.
   */
  @Override
  public Limits limits(byte[] input) {
    return new Limits(96L << 20, 1024, Duration.ofSeconds(1));
  }

  @Override
  public boolean isAnswer(Throwable failure) {
    return failure instanceof TryAgainLater;
  }

  @Override
  public void run(byte[] input) throws Exception {
    HostileServer hostile = server;
    Path sent = file;
    if (hostile == null || sent == null) {
      hostile = new HostileServer();
      sent = instance();
      server = hostile;
      file = sent;
      Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> uncaught.set(failure));
    }
    var choices = new Choices(input);
    int scu = choices.below(6);
    hostile.behave(choices.rest());
    try {
      ask(new DicomPeer("127.0.0.1", hostile.port(), "HOSTILE", "FIRSTPASS"), scu, sent);
    } finally {
      Throwable failure = uncaught.getAndSet(null);
      if (failure != null) {
        throw new AssertionError("a thread ended with an exception", failure);
      }
    }
  }

  private static void ask(DicomPeer peer, int scu, Path file) {
    switch (scu) {
      case 0 -> StorageScu.echo(peer);
      case 1 -> {
        SendReport report = StorageScu.send(peer, List.of(file), 1, done -> {});
        if (report.stored() + report.failures().size() != 1) {
          throw new AssertionError("one file was sent, and told of are " + report);
        }
      }
      case 2 -> ObjectScu.store(peer, List.of(() -> Files.newInputStream(file)), LIMIT);
      case 3 -> ObjectScu.holds(peer, ObjectIdentity.read(() -> Files.newInputStream(file)), LIMIT);
      case 4 ->
          StorageCommitment.request(
              peer,
              new UUID(0, 1),
              List.of(
                  new InstanceReference(
                      new SopInstanceUid("2.25.5"),
                      new SopClassUid("1.2.840.10008.5.1.4.1.1.2"),
                      new Sha256("a".repeat(64)),
                      1)),
              new CommitmentInbox(),
              COMMITMENT);
      default -> notice().send(peer, LIMIT);
    }
  }

  private static AvailabilityNotice notice() {
    var instance =
        new ReferencedInstance(
            new SopClassUid("1.2.840.10008.5.1.4.1.1.2"), new SopInstanceUid("2.25.5"));
    return new AvailabilityNotice(
        new SopInstanceUid("2.25.2"),
        new StudyInstanceUid("2.25.3"),
        List.of(new Announcement.Series(new SeriesInstanceUid("2.25.4"), List.of(instance))),
        "FIRSTPASS");
  }

  /** A small instance as a file, gone at the end. */
  private static Path instance() {
    byte[] meta =
        Wire.join(
            explicit(0x0002_0002, "UI", "1.2.840.10008.5.1.4.1.1.2"),
            explicit(0x0002_0003, "UI", "2.25.5"),
            explicit(0x0002_0010, "UI", Proposal.EXPLICIT));
    byte[] whole =
        Wire.join(
            new byte[128],
            Wire.ascii("DICM"),
            Wire.littleEndian(2, 2),
            new byte[2],
            Wire.ascii("UL"),
            Wire.littleEndian(4, 2),
            Wire.littleEndian(meta.length, 4),
            meta,
            explicit(0x0008_0016, "UI", "1.2.840.10008.5.1.4.1.1.2"),
            explicit(0x0008_0018, "UI", "2.25.5"),
            explicit(0x0020_000D, "UI", "2.25.3"),
            explicit(0x0020_000E, "UI", "2.25.4"));
    try {
      Path file = Files.createTempFile("fuzz", ".dcm");
      file.toFile().deleteOnExit();
      return Files.write(file, whole);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] explicit(int tag, String vr, String text) {
    byte[] value = Wire.ascii(text.length() % 2 == 0 ? text : text + "\0");
    return Wire.join(
        Wire.littleEndian(tag >>> 16, 2),
        Wire.littleEndian(tag, 2),
        Wire.ascii(vr),
        Wire.littleEndian(value.length, 2),
        value);
  }
}
