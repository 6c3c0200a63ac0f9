package org.firstpass.arrival;

import java.time.Clock;
import java.util.Optional;
import org.firstpass.database.Database;
import org.firstpass.dicom.Announcement;
import org.firstpass.dicom.Announcement.Progress;
import org.firstpass.dicom.AnnouncementReceiver;
import org.firstpass.dicom.ReferencedInstance;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what modalities and archives say there is of a series. A list counts when its step has
 * ended. Safe for use by many threads.
 */
final class Announcements implements AnnouncementReceiver {
  private static final Logger LOG = LoggerFactory.getLogger(Announcements.class);

  private final Database database;
  private final Clock clock;

  Announcements(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  @Override
  public Answer created(Announcement announcement) {
    boolean added =
        database.inTransaction(
            handle -> {
              int rows =
                  handle.execute(
                      "insert into arrival.announcement (id, source, progress, sender, told)"
                          + " values (?, ?, ?, ?, ?) on conflict (id) do nothing",
                      announcement.id().value(),
                      announcement.source().name(),
                      announcement.progress().name(),
                      announcement.callingAeTitle(),
                      clock.instant());
              if (rows > 0) {
                insert(handle, announcement);
              }
              return rows > 0;
            });
    log(announcement);
    return added ? Answer.TAKEN : Answer.DUPLICATE;
  }

  @Override
  public Answer updated(Announcement announcement) {
    Answer answer = database.inTransaction(handle -> update(handle, announcement));
    log(announcement);
    return answer;
  }

  private Answer update(Handle handle, Announcement announcement) {
    Optional<Progress> before =
        handle
            .createQuery("select progress from arrival.announcement where id = :id for update")
            .bind("id", announcement.id().value())
            .mapTo(String.class)
            .findOne()
            .map(Progress::valueOf);
    if (before.isEmpty()) {
      return Answer.UNKNOWN;
    }
    if (before.get() != Progress.IN_PROGRESS) {
      return Answer.FINAL;
    }
    handle.execute(
        "update arrival.announcement set progress = ?, told = ? where id = ?",
        announcement.progress().name(),
        clock.instant(),
        announcement.id().value());
    if (!announcement.series().isEmpty()) {
      // N-SET replaces the sequence that it brings (PS3.4 F.7.2.2.2).
      handle.execute(
          "delete from arrival.announced_instance where announcement = ?",
          announcement.id().value());
      insert(handle, announcement);
    }
    return Answer.TAKEN;
  }

  private static void insert(Handle handle, Announcement announcement) {
    try (PreparedBatch batch =
        handle.prepareBatch(
            "insert into arrival.announced_instance (announcement, series_uid, instance_uid,"
                + " sop_class) values (:id, :series, :instance, :sopClass) on conflict do nothing")) {
      for (Announcement.Series series : announcement.series()) {
        for (ReferencedInstance instance : series.instances()) {
          batch
              .bind("id", announcement.id().value())
              .bind("series", series.series().value())
              .bind("instance", instance.instance().value())
              .bind("sopClass", instance.sopClass().value())
              .add();
        }
      }
      if (batch.size() > 0) {
        batch.execute();
      }
    }
  }

  private static void log(Announcement announcement) {
    LOG.info(
        "{} {} of {} is {}, with {} series",
        announcement.source(),
        announcement.id(),
        announcement.callingAeTitle(),
        announcement.progress(),
        announcement.series().size());
  }
}
