package org.firstpass.dicom;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.firstpass.dicom.ArchiveAssociation.Storage;
import org.firstpass.dicom.Responses.Response;
import org.firstpass.failure.TryAgainLater;
import org.firstpass.study.SopClassUid;
import org.firstpass.study.SopInstanceUid;
import org.jspecify.annotations.Nullable;

/**
 * Has an archive send what it has: to one of our AE titles (C-MOVE), or on the association that
 * asks (C-GET).
 *
 * <p>Both return when the archive has gone through all of it, whatever became of each instance.
 * They throw {@link org.firstpass.failure.StudyRefused} with SERVICE_NOT_OFFERED, QUERY_REFUSED,
 * MOVE_DESTINATION_UNKNOWN or ANSWER_MALFORMED, and {@link TryAgainLater} with PEER_UNAVAILABLE,
 * ARCHIVE_BUSY or RETRIEVE_FAILED; what came by then is stored all the same. A thread that is
 * interrupted tells the archive to stop.
 *
 * @see "PS3.4 C.4.2 and C.4.3"
 */
public final class RetrieveScu {
  private RetrieveScu() {}

  /**
   * C-MOVE: the archive opens associations to the AE title that it knows by this name, which should
   * be one of our gateway's.
   *
   * @param progress told whenever the archive says how far it is
   */
  public static RetrieveReport move(
      DicomPeer peer,
      RetrieveKey key,
      String destinationAeTitle,
      Consumer<SubOperations> progress,
      Patience patience) {
    AeTitles.require("destinationAeTitle", destinationAeTitle);
    try (var archive = ArchiveAssociation.open(peer, ArchiveService.MOVE, patience, Storage.NONE)) {
      archive.request(identifier(key), key.study().patient(), destinationAeTitle);
      Response last = await(archive, progress);
      return report(last, RetrieveReport.Received.NOTHING);
    }
  }

  /**
   * C-GET: the receiver gets what comes, under the archive's AE title; the archive is told that an
   * instance is stored when it returns.
   *
   * @param classes SOP classes of what there is to be sent, as {@link QueryScu#instances} tells; if
   *     the archive tells none, the commonest ones of images and what is made of them are tried
   * @param receiver takes what was not asked for like anything else: {@link RetrieveReport} tells
   * @throws org.firstpass.failure.StudyRefused QUERY_UNSOUND if there are more SOP classes than an
   *     association can negotiate
   */
  public static RetrieveReport get(
      DicomPeer peer,
      RetrieveKey key,
      Collection<SopClassUid> classes,
      InstanceReceiver receiver,
      Consumer<SubOperations> progress,
      Patience patience) {
    var received = new RetrievedInstances(key, receiver);
    var storage = new Storage(StorageProposals.of(classes), received);
    try (var archive = ArchiveAssociation.open(peer, ArchiveService.GET, patience, storage)) {
      archive.request(identifier(key), key.study().patient(), "");
      Response last = await(archive, progress);
      return report(last, received.soFar());
    }
  }

  private static Response await(ArchiveAssociation archive, Consumer<SubOperations> progress) {
    SubOperations known = SubOperations.NONE;
    try {
      Response response = archive.next();
      while (response.isPending()) {
        known = counts(response.command());
        progress.accept(known);
        response = archive.next();
      }
      int status = response.status();
      if (status == ArchiveStatus.SUCCESS || status == ArchiveStatus.SOME_FAILED) {
        return response;
      }
      known = counts(response.command());
      throw archive.failure(response);
    } catch (TryAgainLater e) {
      throw new TryAgainLater(
          e.code(),
          "%s; by its account %d instances were sent, %d were not"
              .formatted(e.getMessage(), known.completed() + known.warning(), known.failed()),
          e);
    }
  }

  private static RetrieveReport report(Response last, RetrieveReport.Received received) {
    return new RetrieveReport(last.status(), counts(last.command()), failed(last.data()), received);
  }

  private static SubOperations counts(Attributes command) {
    int remaining = command.getInt(Tag.NumberOfRemainingSuboperations, -1);
    return new SubOperations(
        remaining < 0 ? OptionalInt.empty() : OptionalInt.of(remaining),
        command.getInt(Tag.NumberOfCompletedSuboperations, 0),
        command.getInt(Tag.NumberOfFailedSuboperations, 0),
        command.getInt(Tag.NumberOfWarningSuboperations, 0));
  }

  private static List<SopInstanceUid> failed(@Nullable Attributes data) {
    List<SopInstanceUid> failed = new ArrayList<>();
    for (String uid : new FoundAttributes(data).uids(Tag.FailedSOPInstanceUIDList)) {
      failed.add(new SopInstanceUid(uid));
    }
    return failed;
  }

  private static Attributes identifier(RetrieveKey key) {
    var keys = new Attributes();
    keys.setString(Tag.StudyInstanceUID, VR.UI, key.study().study().value());
    String level = "STUDY";
    if (key instanceof RetrieveKey.OfSeries one) {
      level = "SERIES";
      keys.setString(Tag.SeriesInstanceUID, VR.UI, one.series().value());
    } else if (key instanceof RetrieveKey.OfInstances some) {
      level = "IMAGE";
      keys.setString(Tag.SeriesInstanceUID, VR.UI, some.series().value());
      String[] uids = some.instances().stream().map(SopInstanceUid::value).toArray(String[]::new);
      keys.setString(Tag.SOPInstanceUID, VR.UI, uids);
    }
    keys.setString(Tag.QueryRetrieveLevel, VR.CS, level);
    return keys;
  }
}
