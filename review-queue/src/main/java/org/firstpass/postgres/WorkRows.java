package org.firstpass.postgres;

import org.firstpass.event.ProposalFailed;
import org.firstpass.event.ProposalMade;
import org.firstpass.event.ProposalRefused;
import org.firstpass.event.ProposalStarted;
import org.firstpass.event.SeriesEvent;
import org.jdbi.v3.core.Handle;

/**
 * What workers began, as rows of {@code review.work}. Beginnings and ends may come in any order.
 *
 * <p>A proposal ends what the same version of its package began, whenever that was, and what other
 * versions of it began before. A refusal or failure names no package: it ends whatever had begun on
 * its revision before it.
 */
final class WorkRows {
  private WorkRows() {}

  static void started(Handle handle, ProposalStarted event) {
    handle
        .createUpdate(
            """
            insert into review.work (event_id, series_uid, revision, package_name,
              package_version, device, started, expected_millis, ended)
            values (:id, :series, :revision, :name, :version, :device, :at, :expected,
              exists (select 1 from review.series_outcome o where o.series_uid = :series and (
                o.kind = 'PROPOSED' and o.package_name = :name and (o.revision > :revision
                  or o.revision = :revision and (o.package_version = :version or o.at >= :at))
                or o.kind in ('REFUSED', 'FAILED') and o.revision = :revision and o.at >= :at)))
            on conflict (event_id) do nothing
            """)
        .bind("id", event.id())
        .bind("series", event.series().value())
        .bind("revision", event.input().revision())
        .bind("name", event.modelPackage().name())
        .bind("version", event.modelPackage().version())
        .bind("device", event.device())
        .bind("at", event.time())
        .bind("expected", event.expectedMillis())
        .execute();
  }

  static void ended(Handle handle, ProposalMade event) {
    handle
        .createUpdate(
            """
            update review.work set ended = true
            where series_uid = :series and package_name = :name and not ended
              and (revision < :revision
                or revision = :revision and (package_version = :version or started <= :at))
            """)
        .bind("series", event.series().value())
        .bind("name", event.modelPackage().name())
        .bind("version", event.modelPackage().version())
        .bind("revision", event.input().revision())
        .bind("at", event.time())
        .execute();
  }

  static void ended(Handle handle, ProposalRefused event) {
    endedWithoutProposal(handle, event);
  }

  static void ended(Handle handle, ProposalFailed event) {
    endedWithoutProposal(handle, event);
  }

  private static void endedWithoutProposal(Handle handle, SeriesEvent event) {
    handle
        .createUpdate(
            """
            update review.work set ended = true
            where series_uid = :series and revision = :revision and started <= :at and not ended
            """)
        .bind("series", event.series().value())
        .bind("revision", event.input().revision())
        .bind("at", event.time())
        .execute();
  }
}
