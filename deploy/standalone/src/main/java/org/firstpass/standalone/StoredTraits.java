package org.firstpass.standalone;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.firstpass.dicom.ImagingCircumstances;
import org.firstpass.evaluation.CaseSource;
import org.firstpass.evaluation.CaseTraits;
import org.firstpass.event.ObjectReference;
import org.firstpass.event.SeriesRevisionCodec;
import org.firstpass.failure.FirstpassFailure;
import org.firstpass.store.ObjectStore;
import org.firstpass.stream.EventReplay;
import org.firstpass.stream.Topics;
import org.firstpass.study.InstanceReference;

/** What the stored images say of the cases of a data set. */
final class StoredTraits {
  private final ObjectStore store;
  private final Map<UUID, ObjectReference> manifests = new HashMap<>();

  private StoredTraits(Infrastructure infrastructure) {
    this.store = infrastructure.objects();
    EventReplay.forEach(
        infrastructure.stream(),
        Topics.CORRECTIONS,
        accepted -> manifests.put(accepted.id(), accepted.input().manifest()));
  }

  /** The cases, with the traits that a running installation knows where they had none. */
  static List<CaseSource> lookUp(InstallationOptions installation, List<CaseSource> cases) {
    try (var infrastructure =
        Infrastructure.join(Configuration.of(installation.existingFolder()))) {
      return new StoredTraits(infrastructure).of(cases);
    }
  }

  private List<CaseSource> of(List<CaseSource> cases) {
    return cases.stream().map(this::of).toList();
  }

  private CaseSource of(CaseSource one) {
    UUID correction = one.subject().correction();
    ObjectReference manifest = correction == null ? null : manifests.get(correction);
    if (manifest == null || !one.subject().traits().equals(CaseTraits.UNKNOWN)) {
      return one;
    }
    try {
      return new CaseSource(one.subject().withTraits(read(manifest)), one.held());
    } catch (FirstpassFailure e) {
      System.out.println(one.subject().name() + " has no traits: " + e.code().code());
      return one;
    }
  }

  private CaseTraits read(ObjectReference manifest) {
    InstanceReference first =
        SeriesRevisionCodec.decode(store.read(manifest.digest())).instances().get(0);
    ImagingCircumstances found = ImagingCircumstances.read(() -> store.open(first.content()));
    return new CaseTraits(
        found.scanner().orElse(null),
        found.sex().orElse(null),
        found.ageYears().map(CaseTraits::ageBand).orElse(null),
        found.site().orElse(null));
  }
}
