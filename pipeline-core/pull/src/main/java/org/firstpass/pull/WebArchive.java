package org.firstpass.pull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.firstpass.dicom.FoundInstance;
import org.firstpass.dicom.FoundSeries;
import org.firstpass.dicom.FoundStudy;
import org.firstpass.dicom.IncomingInstance;
import org.firstpass.dicom.InstanceReceiver;
import org.firstpass.dicom.QueryAnswer;
import org.firstpass.dicom.StudyKey;
import org.firstpass.dicom.StudyQuery;
import org.firstpass.failure.FirstpassFailure;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.firstpass.peer.Download;
import org.firstpass.peer.WebCalls;
import org.firstpass.study.SeriesInstanceUid;
import org.firstpass.study.SopInstanceUid;

/**
 * An archive that is asked by QIDO-RS and sends by WADO-RS, one instance at a time, as it keeps
 * them. Safe for use by many threads.
 *
 * @see "PS3.18 section 10.4"
 */
final class WebArchive implements Archive {
  private static final String ANY_SYNTAX =
      "multipart/related; type=\"application/dicom\"; transfer-syntax=*";
  private static final long MOST_BYTES = 8L << 30;
  private static final int OK = 200;
  private static final Set<Integer> GONE = Set.of(204, 404, 410);

  private final WebCalls calls;
  private final WebQueries queries;
  private final Duration limit;
  private final PullDoors doors;

  WebArchive(PullSource source, WebCalls calls, PullDoors doors) {
    this.calls = calls;
    this.limit = source.limit();
    this.queries = new WebQueries(calls, limit);
    this.doors = doors;
  }

  @Override
  public QueryAnswer<FoundStudy> studies(StudyQuery query) {
    return queries.studies(query, MOST_STUDIES);
  }

  @Override
  public QueryAnswer<FoundSeries> series(StudyKey study) {
    return queries.series(study, MOST_SERIES);
  }

  @Override
  public QueryAnswer<FoundInstance> instances(StudyKey study, SeriesInstanceUid series) {
    return queries.instances(study, series, MOST_INSTANCES);
  }

  @Override
  public Map<SopInstanceUid, ReasonCode> retrieve(Wanted wanted) {
    Map<SopInstanceUid, ReasonCode> refused = new HashMap<>();
    InstanceReceiver door = doors.door(wanted.project());
    String instances =
        "/studies/" + wanted.study().study() + "/series/" + wanted.series() + "/instances/";
    for (FoundInstance each : wanted.instances()) {
      try {
        retrieve(instances + each.instance(), door);
      } catch (StudyRefused e) {
        refused.put(each.instance(), e.code());
      }
    }
    return refused;
  }

  private void retrieve(String path, InstanceReceiver door) {
    try (Download answer = calls.download(path, ANY_SYNTAX, MOST_BYTES, limit)) {
      int status = answer.head().status();
      if (GONE.contains(status)) {
        return;
      }
      if (status != OK) {
        throw refusal(answer.head());
      }
      IncomingInstance file = IncomingInstance.ofFile(answer.content());
      try (InputStream content = file.part10()) {
        door.receive(file);
      } catch (IOException e) {
        throw new UncheckedIOException("a downloaded instance cannot be closed", e);
      }
    }
  }

  private FirstpassFailure refusal(WebCalls.Head head) {
    String told = "answered the retrieval with HTTP status " + head.status();
    return head.isPassing()
        ? calls.unavailable(told, null)
        : new StudyRefused(ReasonCode.QUERY_REFUSED, told);
  }
}
