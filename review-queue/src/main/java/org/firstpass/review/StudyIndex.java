package org.firstpass.review;

import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** What the stored instances say of studies, as far as the worklist asks. Names no patient. */
public interface StudyIndex {

  /** Study Instance UIDs of requests whose accession number begins so, at most {@code limit}. */
  List<String> studiesOfRequest(String accessionNumber, int limit);

  /** Series Instance UIDs of the instance with this UID. */
  List<String> seriesOfInstance(String sopInstanceUid);

  /** When the studies were made, of those that say so. */
  Map<String, LocalDate> dates(Collection<String> studies);
}
