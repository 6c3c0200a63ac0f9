package org.firstpass.server;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.firstpass.dicom.PatientStudy;
import org.firstpass.event.ObjectReference;
import org.firstpass.event.ProposalMade;
import org.firstpass.event.SeriesRevisionCodec;
import org.firstpass.failure.FirstpassFailure;
import org.firstpass.http.ApiRefusal;
import org.firstpass.postgres.SeriesRows;
import org.firstpass.store.ObjectStore;
import org.firstpass.study.InstanceReference;
import org.firstpass.study.SeriesInstanceUid;
import org.firstpass.study.SeriesRevision;
import org.firstpass.study.SopInstanceUid;
import org.firstpass.ups.SourceHeaders;
import org.firstpass.ups.WorklistRefusal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the worklist needs of stored objects: headers of the input, and objects that came back. */
final class StoredHeaders implements SourceHeaders {
  private static final Logger LOG = LoggerFactory.getLogger(StoredHeaders.class);

  private final ObjectStore store;
  private final SeriesRows series;
  private final Function<Map<String, List<String>>, List<String>> index;

  /**
   * @param index finds the UIDs of studies by keys of QIDO-RS
   */
  StoredHeaders(
      ObjectStore store,
      SeriesRows series,
      Function<Map<String, List<String>>, List<String>> index) {
    this.store = store;
    this.series = series;
    this.index = index;
  }

  @Override
  public Optional<PatientStudy> patient(ProposalMade proposal) {
    try {
      InstanceReference first = revision(proposal.input().manifest()).instances().get(0);
      return Optional.of(PatientStudy.read(() -> store.open(first.content())));
    } catch (FirstpassFailure e) {
      // A worklist without a name is better than none.
      LOG.warn("series {}: {} {}", proposal.series(), e.code().code(), e.getMessage());
      return Optional.empty();
    }
  }

  @Override
  public List<String> studies(Map<String, List<String>> keys) {
    try {
      return index.apply(keys);
    } catch (ApiRefusal e) {
      throw new WorklistRefusal(WorklistRefusal.Reason.MALFORMED, String.valueOf(e.getMessage()));
    }
  }

  @Override
  public List<InstanceReference> instances(ProposalMade proposal) {
    return revision(proposal.input().manifest()).instances();
  }

  /** An instance of a series that has arrived. */
  Optional<InstanceReference> find(SeriesInstanceUid uid, SopInstanceUid instance) {
    return series
        .manifest(uid)
        .flatMap(
            manifest ->
                revision(manifest).instances().stream()
                    .filter(one -> one.instance().equals(instance))
                    .findFirst());
  }

  private SeriesRevision revision(ObjectReference manifest) {
    return SeriesRevisionCodec.decode(store.read(manifest.digest()));
  }
}
