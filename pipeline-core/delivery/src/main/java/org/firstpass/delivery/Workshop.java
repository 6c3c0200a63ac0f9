package org.firstpass.delivery;

import java.util.List;
import org.firstpass.dicom.InstanceSource;
import org.firstpass.dicom.ObjectIdentity;
import org.firstpass.store.ObjectStore;
import org.firstpass.study.Sha256;
import org.firstpass.study.SopInstanceUid;

/** Where objects for a destination are made, checked and kept. Safe for use by many threads. */
record Workshop(
    Destination destination,
    ResultRows results,
    ObjectMaker maker,
    ObjectCheck check,
    ObjectStore store) {
  private static final int MAX_FINDINGS = 20;

  /**
   * The forms of what is wanted, the preferred transfer syntax first.
   *
   * @throws org.firstpass.failure.FirstpassFailure if it cannot be made
   */
  List<Sha256> make(Claim claim) {
    return maker.make(
        results.read(claim.event()),
        claim.object(),
        destination.form(),
        destination.objects(Result.Kind.PROPOSAL).contains(ObjectKind.SR));
  }

  /** What breaks the rules, a line each. */
  List<String> findings(List<Sha256> forms) {
    return forms.stream()
        .flatMap(form -> check.findings(source(form)).stream())
        .limit(MAX_FINDINGS)
        .toList();
  }

  SopInstanceUid instance(List<Sha256> forms) {
    return ObjectIdentity.read(source(forms.get(0))).instance();
  }

  InstanceSource source(Sha256 content) {
    return () -> store.open(content);
  }
}
