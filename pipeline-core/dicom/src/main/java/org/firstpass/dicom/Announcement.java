package org.firstpass.dicom;

import java.util.List;
import org.firstpass.study.SeriesInstanceUid;
import org.firstpass.study.SopInstanceUid;

/**
 * Which instances there are of a series, told by whoever made or keeps them.
 *
 * @param callingAeTitle who tells
 * @param id SOP Instance UID of the procedure step or notification
 * @see "PS3.4 F.7 and R.3"
 */
public record Announcement(
    Source source,
    Progress progress,
    String callingAeTitle,
    SopInstanceUid id,
    List<Series> series) {
  public Announcement {
    series = List.copyOf(series);
  }

  /** How it was told. */
  public enum Source {
    /** A Modality Performed Procedure Step. */
    MPPS,
    /** An Instance Availability Notification. */
    IAN
  }

  /** Whether the list may still grow. */
  public enum Progress {
    IN_PROGRESS,
    COMPLETED,
    DISCONTINUED
  }

  /** The instances of one series. */
  public record Series(SeriesInstanceUid series, List<ReferencedInstance> instances) {
    public Series {
      instances = List.copyOf(instances);
    }
  }
}
