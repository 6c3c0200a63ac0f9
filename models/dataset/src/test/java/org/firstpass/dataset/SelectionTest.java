package org.firstpass.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.firstpass.event.CaseSelection;
import org.firstpass.event.CaseSelection.Way;
import org.firstpass.event.CorrectionAccepted;
import org.firstpass.event.SegmentAgreement;
import org.junit.jupiter.api.Test;

class SelectionTest extends ExportFixture {
  private static final String ANOTHER = "dr.another@hospital.example";

  @Test
  void onlyTheReadersAskedForCountAsIfNobodyElseHadRead() {
    CorrectionAccepted first = readings.of(Reading.of(1, 1));
    readings.reader(ANOTHER);
    publish(
        List.of(first, readings.of(Reading.of(1, 1).shifted(1)), readings.of(Reading.of(2, 1))));

    var pseudonyms = new ReaderPseudonyms(SECRET);
    DatasetManifest manifest =
        export(Selection.ALL.byReaders(List.of(pseudonyms.of(Readings.READER))));

    assertEquals(1, manifest.cases().size());
    assertEquals(first.id(), manifest.cases().get(0).provenance().correction());
  }

  @Test
  void theFirstMomentCountsAndTheLastOneDoesNot() {
    var events =
        List.of(
            readings.of(Reading.of(1, 1)),
            readings.of(Reading.of(2, 1)),
            readings.of(Reading.of(3, 1)));
    publish(events);

    DatasetManifest manifest =
        export(Selection.ALL.accepted(events.get(1).time(), events.get(2).time()));

    assertEquals(1, manifest.cases().size());
    assertEquals(events.get(1).id(), manifest.cases().get(0).provenance().correction());
  }

  @Test
  void whatEachOtherReaderAcceptedIsInTheManifestWithItsAgreement() {
    CorrectionAccepted other = readings.of(Reading.of(1, 1));
    readings.reader(ANOTHER);
    CorrectionAccepted counted = readings.of(Reading.of(1, 1).shifted(1));
    publish(List.of(other, counted));

    DatasetCase one = export(Selection.ALL).cases().get(0);

    assertEquals(counted.id(), one.provenance().correction());
    DatasetCase.OtherReading reading = one.provenance().reading().others().get(0);
    assertEquals(other.id(), reading.correction());
    assertEquals(new ReaderPseudonyms(SECRET).of(Readings.READER), reading.reader());
    Map<Integer, Double> dice = new TreeMap<>();
    for (SegmentAgreement agreement : reading.agreement()) {
      dice.put(agreement.segmentNumber(), agreement.dice());
    }
    // Livers of 3 x 2 x 2 voxels, one column apart, share 2 x 2 x 2.
    assertEquals(Map.of(Readings.LIVER, 2.0 * 8 / 24, Readings.SPLEEN, 1.0), dice);
  }

  @Test
  void aSeriesThatTooFewReadIsLeftOutAndSoIsOneOnWhichTheyDisagree() {
    CorrectionAccepted once = readings.of(Reading.of(1, 1));
    CorrectionAccepted far = readings.of(Reading.of(2, 1));
    CorrectionAccepted same = readings.of(Reading.of(3, 1));
    readings.reader(ANOTHER);
    publish(
        List.of(
            once,
            far,
            readings.of(Reading.of(2, 1).shifted(1)),
            same,
            readings.of(Reading.of(3, 1).said(Readings.LIVER))));

    DatasetManifest manifest = export(Selection.ALL.agreed(2, 0.7));

    assertEquals(1, manifest.cases().size());
    assertEquals(same.series(), manifest.cases().get(0).source().reference().series());
    Map<Object, LeftOutCase.Reason> reasons = new TreeMap<>();
    manifest.leftOut().forEach(one -> reasons.put(one.series().value(), one.reason()));
    assertEquals(
        Map.of(
            once.series().value(), LeftOutCase.Reason.TOO_FEW_READERS,
            far.series().value(), LeftOutCase.Reason.READERS_DISAGREE),
        reasons);
  }

  @Test
  void theProbabilityWithWhichACaseWasPickedIsInTheManifestUnlessAPersonPickedIt() {
    publish(
        List.of(
            readings
                .of(Reading.of(1, 1))
                .with(new CaseSelection("uncertainty-first", Way.LOT, 0.0625)),
            readings
                .of(Reading.of(2, 1))
                .with(new CaseSelection("uncertainty-first", Way.HAND, null)),
            readings.of(Reading.of(3, 1))));

    var probabilities = new HashMap<String, Double>();
    for (DatasetCase one : export(Selection.ALL).cases()) {
      probabilities.put(
          one.source().patient().value(), one.provenance().reading().selectionProbability());
    }

    var expected = new HashMap<String, Double>();
    expected.put("pk1", 0.0625);
    expected.put("pk2", null);
    expected.put("pk3", null);
    assertEquals(expected, probabilities);
  }

  @Test
  void aSelectionOfNothingIsRefused() {
    var now = java.time.Instant.parse("2026-01-01T00:00:00Z");
    assertThrows(IllegalArgumentException.class, () -> Selection.ALL.accepted(now, now));
    assertThrows(IllegalArgumentException.class, () -> Selection.ALL.agreed(0, 0));
    assertThrows(IllegalArgumentException.class, () -> Selection.ALL.agreed(1, 1.1));
  }

  private DatasetManifest export(Selection selection) {
    return exporter()
        .run(
            request(DatasetFormat.MONAI).withSelection(selection),
            folder.resolve("target"),
            SILENT);
  }
}
