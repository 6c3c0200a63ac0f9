package org.firstpass.proposal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.firstpass.event.PackageReference;
import org.firstpass.study.Sha256;
import org.junit.jupiter.api.Test;

final class ProposalIdentityTest {
  private static final Sha256 REVISION = Sha256.of(new byte[] {1});
  private static final PackageReference MODEL =
      new PackageReference("sample", "1.0.0", Sha256.of(new byte[] {2}));

  @Test
  void theSameInputGivesTheSameIdentity() {
    assertEquals(ProposalIdentity.of(REVISION, MODEL), ProposalIdentity.of(REVISION, MODEL));
  }

  @Test
  void anotherRevisionOrPackageGivesAnother() {
    ProposalIdentity one = ProposalIdentity.of(REVISION, MODEL);
    ProposalIdentity revision = ProposalIdentity.of(Sha256.of(new byte[] {3}), MODEL);
    var changed = new PackageReference("sample", "1.0.0", Sha256.of(new byte[] {4}));
    ProposalIdentity model = ProposalIdentity.of(REVISION, changed);
    assertNotEquals(one.id(), revision.id());
    assertNotEquals(one.id(), model.id());
    assertNotEquals(one.instance(), revision.instance());
    assertNotEquals(one.instance().value(), one.series().value());
  }

  @Test
  void everyChannelAndEveryPackageCounts() {
    Sha256 other = Sha256.of(new byte[] {5});
    var coarse = new PackageReference("coarse", "1.0.0", Sha256.of(new byte[] {6}));
    List<ProposalIdentity> all =
        List.of(
            ProposalIdentity.of(REVISION, MODEL),
            ProposalIdentity.of(List.of(REVISION, other), List.of(MODEL)),
            ProposalIdentity.of(List.of(other, REVISION), List.of(MODEL)),
            ProposalIdentity.of(List.of(REVISION), List.of(MODEL, coarse)),
            ProposalIdentity.of(List.of(REVISION, coarse.digest()), List.of(MODEL)));
    assertEquals(all.size(), all.stream().map(ProposalIdentity::id).distinct().count());
    assertEquals(all.get(0), ProposalIdentity.of(List.of(REVISION), List.of(MODEL)));
  }

  @Test
  void aProposalOfNothingIsRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> ProposalIdentity.of(List.of(), List.of(MODEL)));
    assertThrows(
        IllegalArgumentException.class, () -> ProposalIdentity.of(List.of(REVISION), List.of()));
  }
}
