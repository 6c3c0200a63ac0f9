package org.firstpass.server;

import static org.firstpass.server.ForeignFixture.liver;
import static org.firstpass.server.ForeignFixture.on;
import static org.firstpass.server.ForeignFixture.proposed;
import static org.firstpass.server.ForeignFixture.spleen;
import static org.firstpass.server.ForeignFixture.tissue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.firstpass.failure.ReasonCode;
import org.firstpass.foreign.DecisionAnswer;
import org.firstpass.foreign.ForeignItem;
import org.firstpass.foreign.ForeignItem.State;
import org.firstpass.foreign.PersonsWord;
import org.firstpass.foreign.SegmentMatch;
import org.firstpass.foreign.SegmentMatch.By;
import org.firstpass.segment.CodedConcept;
import org.firstpass.testing.ForeignSegmentation;
import org.firstpass.testing.ForeignSegmentation.Drawn;
import org.firstpass.testing.ForeignSegmentation.Marked;
import org.junit.jupiter.api.Test;

/**
 * What particular programs make of a segmentation: OHIF (dcmjs), 3D Slicer (dcmqi), MONAI Label,
 * and networks that tell probabilities.
 */
final class OtherMakersTest extends ForeignScene {
  private static final CodedConcept SPLEEN = new CodedConcept("78961009", "SCT", "Spleen");

  /** As OHIF calls it that keeps the label, but writes the older code of Tissue. */
  private static Drawn named(int number, String label, Marked marked) {
    return new Drawn(number, label, ForeignSegmentation.SRT_TISSUE, marked);
  }

  private static List<SegmentMatch> matches(ForeignItem item) {
    return Objects.requireNonNull(item.filed().examination()).matches();
  }

  private static void assertTaken(By by, ForeignItem item) {
    assertEquals(State.TAKEN, item.filed().state(), item::toString);
    matches(item).forEach(match -> assertEquals(by, match.by(), item::toString));
    assertCorrectedLiver(onlyCorrection());
  }

  @Test
  void anOlderCodeOfTissueSaysNothingEitherAndTheLabelsTell() {
    fixture.held("oa");
    byte[] file =
        on("oa")
            .with(named(1, "Liver", CORRECTED_LIVER))
            .with(named(2, "Spleen", proposed(2)))
            .binary("1.2.9.101");
    ForeignItem item = fixture.send("oa", file);
    assertTaken(By.LABEL, item);
    assertTrue(matches(item).stream().allMatch(SegmentMatch::restored));
  }

  @Test
  void whatIsLeftAndNumberedAnewIsAskedAboutThoughItKeptItsLabel() {
    fixture.held("ob");
    // The liver was deleted, so the spleen is the first segment now.
    byte[] file = on("ob").with(named(1, "Spleen", proposed(2))).binary("1.2.9.102");
    ForeignItem item = assertKept(ReasonCode.FOREIGN_UNMATCHED, fixture.send("ob", file));
    assertEquals(List.of(1, 2), matches(item).get(0).candidates());
    var spleen = new PersonsWord(null, Map.of(1, 2), List.of(), Map.of());
    fixture.desk().decide(item.id(), ForeignFixture.READER, spleen);
    ForeignItem asked =
        assertKept(ReasonCode.FOREIGN_TO_BE_CONFIRMED, fixture.rows.find(item.id()).orElseThrow());
    assertEquals(List.of(1), Objects.requireNonNull(asked.filed().examination()).missing());
  }

  @Test
  void aCountedLabelThatTheNumberContradictsIsNoOnesSegment() {
    fixture.held("oc");
    byte[] file = on("oc").with(named(1, "Segment 2", proposed(2))).binary("1.2.9.103");
    assertKept(ReasonCode.FOREIGN_UNMATCHED, fixture.send("oc", file));
  }

  @Test
  void framesThatOnlySayOnWhichImageTheyWereDrawnLieThere() {
    fixture.held("od");
    assertTaken(By.NUMBER, fixture.send("od", onImages("od", "od", "1.2.9.104")));
  }

  @Test
  void framesDrawnOnImagesThatAreNotOfTheSeriesAreRefusedWithACode() {
    fixture.held("oi");
    assertRefused(
        ReasonCode.NO_PATIENT_GEOMETRY, fixture.send("oi", onImages("oi", "another", "1.2.9.109")));
  }

  /** As some builds of OHIF write a label map: no plane, and the image for each frame. */
  private static byte[] onImages(String name, String images, String instance) {
    return on(name)
        .with(tissue(1, CORRECTED_LIVER))
        .with(tissue(2, proposed(2)))
        .reversed()
        .placedByImage(slice -> CaseFixture.image(images, slice))
        .labelMapInRle(instance);
  }

  @Test
  void slicersOwnTrackingUidsSayNothingAndAnEmptySegmentIsNotAskedAbout() {
    fixture.held("oe");
    byte[] file =
        on("oe")
            .with(tracked(liver(1, CORRECTED_LIVER), "1.2.276.0.7230010.3.1.1"))
            .with(tracked(spleen(2, proposed(2)), "1.2.276.0.7230010.3.1.2"))
            .with(tracked(named(3, "Segment_3", (c, r, s) -> false), "1.2.276.0.7230010.3.1.3"))
            .reversed()
            .binary("1.2.9.105");
    assertTaken(By.CODES, fixture.send("oe", file));
  }

  private static Drawn tracked(Drawn drawn, String uid) {
    return new Drawn(drawn.number(), drawn.label(), drawn.type(), null, uid, drawn.marked());
  }

  @Test
  void whoCallsEverythingASpleenIsAskedAboutWhatIsLabelledOtherwise() {
    fixture.held("of");
    byte[] file =
        on("of")
            .with(new Drawn(1, "liver", SPLEEN, CORRECTED_LIVER))
            .with(new Drawn(2, "spleen", SPLEEN, proposed(2)))
            .binary("1.2.9.106");
    ForeignItem item = assertKept(ReasonCode.FOREIGN_UNMATCHED, fixture.send("of", file));
    assertEquals(List.of(1, 2), matches(item).get(0).candidates());
    assertEquals(2, matches(item).get(1).target());
    var liver = new PersonsWord(null, Map.of(1, 1), List.of(), Map.of());
    assertInstanceOf(
        DecisionAnswer.Taken.class, fixture.desk().decide(item.id(), ForeignFixture.READER, liver));
    assertCorrectedLiver(onlyCorrection());
  }

  @Test
  void probabilitiesBelongToASegmentFromHalfOnThoughTheirFramesOverlap() {
    fixture.held("og");
    byte[] file =
        on("og")
            .with(liver(1, CORRECTED_LIVER))
            .with(spleen(2, proposed(2)))
            .fractional("1.2.9.107", 100, 99);
    assertTaken(By.CODES, fixture.send("og", file));
  }

  @Test
  void probabilitiesThatNowhereReachHalfDrawNothing() {
    fixture.held("oh");
    byte[] file =
        on("oh")
            .with(liver(1, CORRECTED_LIVER))
            .with(spleen(2, proposed(2)))
            .fractional("1.2.9.108", 99, 1);
    ForeignItem item = assertKept(ReasonCode.FOREIGN_TO_BE_CONFIRMED, fixture.send("oh", file));
    assertEquals(List.of(1, 2), Objects.requireNonNull(item.filed().examination()).missing());
  }
}
