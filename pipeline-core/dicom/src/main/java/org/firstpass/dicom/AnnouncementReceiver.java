package org.firstpass.dicom;

/**
 * Who takes announcements. Returning means that the announcement is kept. Called from many threads
 * at the same time.
 */
public interface AnnouncementReceiver {
  /** N-CREATE: something new. */
  Answer created(Announcement announcement);

  /** N-SET: more of a procedure step. */
  Answer updated(Announcement announcement);

  /** What is answered. */
  enum Answer {
    TAKEN(0x0000),
    /** Duplicate SOP instance: it was created before. */
    DUPLICATE(0x0111),
    /** No such SOP instance: it was never created. */
    UNKNOWN(0x0112),
    /** May no longer be updated: it is completed or discontinued. */
    FINAL(0x0110);

    private final int status;

    Answer(int status) {
      this.status = status;
    }

    int status() {
      return status;
    }
  }
}
