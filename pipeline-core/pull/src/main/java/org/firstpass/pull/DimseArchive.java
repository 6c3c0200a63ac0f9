package org.firstpass.pull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.firstpass.dicom.DicomPeer;
import org.firstpass.dicom.FoundInstance;
import org.firstpass.dicom.FoundSeries;
import org.firstpass.dicom.FoundStudy;
import org.firstpass.dicom.Patience;
import org.firstpass.dicom.QueryAnswer;
import org.firstpass.dicom.QueryScu;
import org.firstpass.dicom.RetrieveKey;
import org.firstpass.dicom.RetrieveScu;
import org.firstpass.dicom.StudyKey;
import org.firstpass.dicom.StudyQuery;
import org.firstpass.failure.ReasonCode;
import org.firstpass.study.SeriesInstanceUid;
import org.firstpass.study.SopClassUid;
import org.firstpass.study.SopInstanceUid;

/**
 * An archive that is asked by C-FIND and sends by C-MOVE or C-GET. Safe for use by many threads.
 *
 * @see "PS3.4 annex C"
 */
final class DimseArchive implements Archive {
  private final DicomPeer peer;
  private final Duration silence;
  private final boolean moves;
  private final PullDoors doors;

  DimseArchive(PullSource source, PullDoors doors) {
    this.peer = source.byDimse().orElseThrow().peer();
    this.silence = source.limit();
    this.moves = source.moves();
    this.doors = doors;
  }

  @Override
  public QueryAnswer<FoundStudy> studies(StudyQuery query) {
    return QueryScu.studies(peer, query, MOST_STUDIES, silence);
  }

  @Override
  public QueryAnswer<FoundSeries> series(StudyKey study) {
    return QueryScu.series(peer, study, MOST_SERIES, silence);
  }

  @Override
  public QueryAnswer<FoundInstance> instances(StudyKey study, SeriesInstanceUid series) {
    return QueryScu.instances(peer, study, series, MOST_INSTANCES, silence);
  }

  @Override
  public Map<SopInstanceUid, ReasonCode> retrieve(Wanted wanted) {
    LongSupplier heard = () -> doors.held(wanted.series()).size();
    Patience patience = Patience.of(silence).hearing(heard);
    Map<SopInstanceUid, ReasonCode> refused = new HashMap<>();
    for (RetrieveKey key : keys(wanted)) {
      if (moves) {
        String destination = doors.title(wanted.project());
        RetrieveScu.move(peer, key, destination, progress -> {}, patience);
      } else {
        List<SopClassUid> classes =
            wanted.instances().stream()
                .flatMap(each -> each.sopClass().stream())
                .distinct()
                .toList();
        refused.putAll(
            RetrieveScu.get(
                    peer, key, classes, doors.door(wanted.project()), progress -> {}, patience)
                .received()
                .refused());
      }
    }
    return refused;
  }

  private static List<RetrieveKey> keys(Wanted wanted) {
    if (wanted.whole()) {
      return List.of(new RetrieveKey.OfSeries(wanted.study(), wanted.series()));
    }
    List<SopInstanceUid> instances =
        wanted.instances().stream().map(FoundInstance::instance).toList();
    List<RetrieveKey> keys = new ArrayList<>();
    for (int from = 0; from < instances.size(); from += RetrieveKey.OfInstances.MOST) {
      int to = Math.min(instances.size(), from + RetrieveKey.OfInstances.MOST);
      keys.add(
          new RetrieveKey.OfInstances(
              wanted.study(), wanted.series(), instances.subList(from, to)));
    }
    return keys;
  }
}
