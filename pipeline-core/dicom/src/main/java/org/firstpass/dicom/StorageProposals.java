package org.firstpass.dicom;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dcm4che3.net.pdu.PresentationContext;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.firstpass.study.SopClassUid;

/**
 * The presentation contexts in which we take instances by C-GET.
 *
 * <p>An archive chooses one transfer syntax of each, so every compressed one is proposed alone: it
 * can then send each instance as it has it. The commonest come first, as far as the contexts of an
 * association go.
 */
final class StorageProposals {
  /** Commonest first. */
  static final List<String> COMPRESSED =
      List.of(
          "1.2.840.10008.1.2.4.70",
          "1.2.840.10008.1.2.4.90",
          "1.2.840.10008.1.2.4.80",
          "1.2.840.10008.1.2.5",
          "1.2.840.10008.1.2.4.50",
          "1.2.840.10008.1.2.4.91",
          "1.2.840.10008.1.2.4.51",
          "1.2.840.10008.1.2.4.81",
          "1.2.840.10008.1.2.4.57",
          "1.2.840.10008.1.2.1.99",
          "1.2.840.10008.1.2.2",
          "1.2.840.10008.1.2.4.201",
          "1.2.840.10008.1.2.4.203",
          "1.2.840.10008.1.2.4.110",
          "1.2.840.10008.1.2.4.112",
          "1.2.840.10008.1.2.8.1",
          "1.2.840.10008.1.2.4.100",
          "1.2.840.10008.1.2.4.102",
          "1.2.840.10008.1.2.4.103");

  private static final String STORAGE = "1.2.840.10008.5.1.4.1.1.";

  /** Radiographs, CT, US, MR, captures, angiography, NM, PET, RT, SEG, reports, presentations. */
  static final Set<String> COMMONEST =
      Stream.of(
              "1 1.1 1.1.1 1.2 1.2.1 2 2.1 2.2 3.1 4 4.1 4.2 4.3 4.4 6.1 7 7.1 7.2 7.3 7.4 11.1"
                  .split(" "),
              "12.1 12.1.1 12.2 12.2.1 13.1.1 13.1.3 20 30 66.4 66.7 88.11 88.22 88.33 88.34 88.59"
                  .split(" "),
              "128 128.1 130 481.1 481.2 481.3 481.5".split(" "))
          .flatMap(Arrays::stream)
          .map(STORAGE::concat)
          .collect(Collectors.toUnmodifiableSet());

  /** Beside the two of the request. */
  static final int MOST = RequestorNode.MAX_CONTEXTS - 2;

  private StorageProposals() {}

  /**
   * @param classes none: the commonest ones
   * @throws StudyRefused QUERY_UNSOUND if there are too many classes for one association
   */
  static List<PresentationContext> of(Collection<SopClassUid> classes) {
    var wanted = new TreeSet<String>();
    classes.stream().map(SopClassUid::value).filter(SopClasses::isStorage).forEach(wanted::add);
    if (wanted.isEmpty()) {
      wanted.addAll(COMMONEST);
    }
    if (wanted.size() > MOST) {
      throw new StudyRefused(
          ReasonCode.QUERY_UNSOUND,
          "expected at most %d storage SOP classes, found %d".formatted(MOST, wanted.size()));
    }
    List<PresentationContext> contexts = new ArrayList<>();
    wanted.forEach(
        uid ->
            add(
                contexts,
                uid,
                TransferSyntaxes.EXPLICIT_LITTLE_ENDIAN,
                TransferSyntaxes.IMPLICIT_LITTLE_ENDIAN));
    for (String syntax : COMPRESSED) {
      for (String uid : wanted) {
        if (contexts.size() < MOST) {
          add(contexts, uid, syntax);
        }
      }
    }
    return contexts;
  }

  private static void add(List<PresentationContext> contexts, String uid, String... syntaxes) {
    int id = ArchiveAssociation.Storage.TAKEN + 2 * (contexts.size() + 1);
    contexts.add(new PresentationContext(id, uid, syntaxes));
  }
}
