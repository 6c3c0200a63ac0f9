package org.firstpass.fuzz.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.firstpass.dicom.AccessList;
import org.firstpass.dicom.Announcement;
import org.firstpass.dicom.AnnouncementReceiver;
import org.firstpass.dicom.CommitmentInbox;
import org.firstpass.dicom.CommitmentRequest;
import org.firstpass.dicom.IncomingInstance;
import org.firstpass.dicom.ScpConfig;
import org.firstpass.dicom.ScpLimits;
import org.firstpass.dicom.ScpServices;
import org.firstpass.dicom.ScpWatch;
import org.firstpass.dicom.StorageScp;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.firstpass.failure.TryAgainLater;
import org.firstpass.study.ProjectName;
import org.jspecify.annotations.Nullable;

/**
 * The storage SCP with every service; what it is given it takes, refuses, or fails to take, by the
 * last digit of its UID. Safe for use by several threads.
 */
final class StorageDoor implements Door {
  static final String AE_TITLE = "FIRSTPASS";
  static final List<String> SOP_CLASSES =
      List.of(
          "1.2.840.10008.5.1.4.1.1.2",
          "1.2.840.10008.5.1.4.1.1.66.4",
          "1.2.840.10008.5.1.4.1.1.481.3",
          "1.2.840.10008.1.20.1",
          "1.2.840.10008.3.1.2.3.3",
          "1.2.840.10008.5.1.4.33",
          ScpTarget.VERIFICATION);

  private final Map<String, byte[]> files = new ConcurrentHashMap<>();
  private final StorageScp scp;

  StorageDoor() {
    var config =
        new ScpConfig(
            Map.of(AE_TITLE, ProjectName.DEFAULT),
            "127.0.0.1",
            0,
            null,
            AccessList.OPEN,
            new ScpLimits(32, 8));
    var services =
        new ScpServices(
            this::receive, StorageDoor::asked, new CommitmentInbox(), new Announcements());
    scp = new StorageScp(config, services, ScpWatch.NONE);
    scp.start();
  }

  private void receive(IncomingInstance incoming) {
    try {
      byte[] file = incoming.part10().readAllBytes();
      String uid = incoming.instance().value();
      answer(uid);
      files.put(uid, file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void asked(CommitmentRequest request) {
    answer(request.transaction());
  }

  private static void answer(String uid) {
    switch (uid.charAt(uid.length() - 1)) {
      case '1' -> throw new StudyRefused(ReasonCode.MALFORMED_INSTANCE, "refused for the test");
      case '2' -> throw new TryAgainLater(ReasonCode.STORE_FULL, "refused for the test");
      case '3' -> throw new IllegalStateException("failed for the test");
      default -> {}
    }
  }

  @Override
  public int port() {
    return scp.port();
  }

  @Override
  public int openAssociations() {
    return scp.openAssociations();
  }

  @Override
  public int openConnections() {
    return scp.openConnections();
  }

  @Override
  public int instancesUnderWay() {
    return scp.instancesUnderWay();
  }

  @Override
  public byte @Nullable [] taken(String instance) {
    return files.remove(instance);
  }

  /** Takes whatever is announced, or fails to. */
  private static final class Announcements implements AnnouncementReceiver {
    @Override
    public Answer created(Announcement announcement) {
      answer(announcement.id().value());
      return Answer.TAKEN;
    }

    @Override
    public Answer updated(Announcement announcement) {
      answer(announcement.id().value());
      return Answer.FINAL;
    }
  }
}
