package org.firstpass.dataset;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.firstpass.dataset.CorrectionLog.Weighed;
import org.firstpass.dataset.split.LedgerEntry;
import org.firstpass.dataset.split.Sides;
import org.firstpass.event.CaseSelection;
import org.firstpass.event.CorrectionAccepted;
import org.firstpass.event.PackageReference;
import org.firstpass.stream.Topics;
import org.jspecify.annotations.Nullable;

/**
 * Puts written cases on their sides and says in the manifest where everything comes from.
 *
 * <p>What is made again keeps what its first manifest recorded: positions in the log, licences, and
 * sides.
 */
final class DatasetAssembly {
  private final ReaderPseudonyms pseudonyms;
  private final PackageLicences licences;
  private final @Nullable DatasetOrigin recorded;

  /**
   * @param recorded null for a data set that is made for the first time
   */
  DatasetAssembly(
      ReaderPseudonyms pseudonyms, PackageLicences licences, @Nullable DatasetOrigin recorded) {
    this.pseudonyms = pseudonyms;
    this.licences = licences;
    this.recorded = recorded;
  }

  /** Whether the case may be on the side of its patient. */
  static boolean isHeldBack(WrittenCase written, Sides sides) {
    return sides.isHeldBack(written.patient());
  }

  static LeftOutCase heldBack(WrittenCase written, Sides sides) {
    LedgerEntry entry = sides.entry(written.patient());
    return DatasetPlanner.leftOut(
        written.correction(),
        LeftOutCase.Reason.SAME_PERSON_ON_ANOTHER_SIDE,
        "its patient was decided for "
            + entry.split()
            + ", but is the same person as "
            + entry.person()
            + " in "
            + sides.of(entry.person()));
  }

  /** The case on its side, its files where the layout wants them. */
  DatasetCase placed(WrittenCase written, CasePlace place, DatasetLayout layout) {
    CorrectionAccepted correction = written.correction();
    CaseContent content = written.content();
    return new DatasetCase(
        place.name(),
        place.split(),
        new DatasetCase.Source(
            written.patient(),
            correction.input().reference(),
            correction.input().revision(),
            correction.input().revisionHash(),
            written.instances()),
        new DatasetCase.Files(
            new DatasetCase.NiftiFile(layout.image(place), content.image()),
            new DatasetCase.NiftiFile(layout.label(place), content.label()),
            content.geometry(),
            content.voxels()),
        provenance(correction, written),
        correction.decisions());
  }

  private DatasetCase.Provenance provenance(CorrectionAccepted correction, WrittenCase written) {
    return new DatasetCase.Provenance(
        correction.id(),
        correction.time(),
        correction.taskId(),
        new DatasetCase.Reading(
            pseudonyms.of(correction.reader()),
            correction.activeMillis(),
            correction.effort(),
            probability(correction.selection()),
            written.others()),
        new DatasetCase.Proposed(
            correction.proposalId(),
            correction.modelPackage(),
            correction.proposedLabels().digest()),
        new DatasetCase.Outcome(
            correction.acceptedLabels().digest(), correction.segmentation().digest()));
  }

  private static @Nullable Double probability(@Nullable CaseSelection selection) {
    return selection == null ? null : selection.probability();
  }

  /** Where all cases of the data set come from. */
  DatasetOrigin origin(
      DatasetRequest request,
      Collection<Weighed> weighed,
      int erased,
      Sides sides,
      List<DatasetCase> cases) {
    return new DatasetOrigin(
        log(weighed),
        recorded == null ? sides.entries() : stillThere(recorded.ledger(), sides),
        new Licences(request.licence(), ofPackages(cases)),
        Deidentification.of(request.format()),
        erased + (recorded == null ? 0 : recorded.erased()));
  }

  private CorrectionLog log(Collection<Weighed> weighed) {
    if (recorded == null) {
      return CorrectionLog.of(Topics.CORRECTIONS.name(), weighed);
    }
    Map<UUID, Weighed> positions = new HashMap<>();
    recorded.log().corrections().forEach(one -> positions.put(one.correction(), one));
    return CorrectionLog.of(
        recorded.log().topic(),
        weighed.stream()
            .map(one -> Objects.requireNonNullElse(positions.get(one.correction()), one))
            .toList());
  }

  // Who was erased since is not named again.
  private static List<LedgerEntry> stillThere(List<LedgerEntry> entries, Sides sides) {
    return entries.stream().filter(entry -> sides.knows(entry.patient())).toList();
  }

  private List<Licences.OfPackage> ofPackages(List<DatasetCase> cases) {
    Map<PackageReference, @Nullable String> known = new HashMap<>();
    if (recorded != null) {
      recorded.licences().packages().forEach(one -> known.put(one.modelPackage(), one.licence()));
    }
    var packages = new LinkedHashSet<PackageReference>();
    cases.forEach(one -> packages.add(one.provenance().proposed().modelPackage()));
    var result = new ArrayList<Licences.OfPackage>();
    for (PackageReference one : packages) {
      String licence =
          known.containsKey(one) ? known.get(one) : licences.licenceOf(one).orElse(null);
      result.add(new Licences.OfPackage(one, licence));
    }
    result.sort(
        Comparator.comparing((Licences.OfPackage one) -> one.modelPackage().name())
            .thenComparing(one -> one.modelPackage().version())
            .thenComparing(one -> one.modelPackage().digest().hex()));
    return result;
  }
}
