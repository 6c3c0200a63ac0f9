package org.firstpass.server;

import static org.firstpass.server.ForeignFixture.liver;
import static org.firstpass.server.ForeignFixture.on;
import static org.firstpass.server.ForeignFixture.proposed;
import static org.firstpass.server.ForeignFixture.spleen;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.firstpass.event.CorrectionAccepted;
import org.firstpass.event.ForeignSeriesFiled;
import org.firstpass.event.ForeignSeriesFiled.Filing;
import org.firstpass.event.SegmentDecision;
import org.firstpass.failure.ReasonCode;
import org.firstpass.foreign.ForeignItem;
import org.firstpass.foreign.ForeignItem.State;
import org.firstpass.segment.SegmentAlgorithmType;
import org.firstpass.segment.Verdict;
import org.firstpass.testing.ForeignSegmentation.Marked;
import org.firstpass.volume.LabelMap;
import org.firstpass.volume.LabelMapCodec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Objects of other makers before a real database and a real store. */
abstract class ForeignScene {
  /** The liver without its first voxel and with one of the third slice. */
  static final Marked CORRECTED_LIVER =
      (column, row, slice) ->
          proposed(1).at(column, row, slice) && (column != 0 || row != 0)
              || column == 3 && row == 2 && slice == 2;

  @TempDir static Path folder;
  static ForeignFixture fixture;

  @BeforeAll
  static void open() {
    fixture = new ForeignFixture(folder);
  }

  @BeforeEach
  void clear() {
    fixture.clear();
  }

  @AfterAll
  static void close() {
    fixture.close();
  }

  static ForeignItem assertKept(ReasonCode reason, ForeignItem item) {
    assertEquals(State.KEPT, item.filed().state(), item::toString);
    assertEquals(reason, item.filed().reason(), item::toString);
    assertEquals(List.of(), fixture.corrections());
    return item;
  }

  static void assertRefused(ReasonCode reason, ForeignItem item) {
    assertEquals(State.REFUSED, item.filed().state(), item::toString);
    assertEquals(reason, item.filed().reason(), item::toString);
    assertEquals(List.of(), fixture.corrections());
    ForeignSeriesFiled told = lastFiled();
    assertEquals(Filing.REFUSED, told.filing());
    assertEquals(reason, told.reason());
  }

  static ForeignSeriesFiled lastFiled() {
    List<ForeignSeriesFiled> told = fixture.filed();
    return told.get(told.size() - 1);
  }

  static CorrectionAccepted onlyCorrection() {
    List<CorrectionAccepted> corrections = fixture.corrections();
    assertEquals(1, corrections.size(), corrections::toString);
    return corrections.get(0);
  }

  static SegmentDecision decision(CorrectionAccepted event, int segment) {
    return event.decisions().stream()
        .filter(one -> one.segmentNumber() == segment)
        .findFirst()
        .orElseThrow();
  }

  /** The accepted labels are those proposed but for the changed liver. */
  static void assertCorrectedLiver(CorrectionAccepted event) {
    LabelMap accepted =
        LabelMapCodec.decode(fixture.cases.store.read(event.acceptedLabels().digest()));
    short[] expected = CaseFixture.proposedLabels();
    expected[CaseFixture.SIZE.index(0, 0, 0)] = 0;
    expected[CaseFixture.SIZE.index(3, 2, 2)] = 1;
    for (int at = 0; at < expected.length; at++) {
      assertEquals(expected[at], accepted.labelAt(at), "voxel " + at);
    }
    assertEquals(1, decision(event, 1).voxelsAdded());
    assertEquals(1, decision(event, 1).voxelsRemoved());
    assertEquals(Verdict.MINOR, decision(event, 1).verdict());
    assertEquals(SegmentAlgorithmType.SEMIAUTOMATIC, decision(event, 1).algorithmType());
    assertEquals(Verdict.ACCEPT, decision(event, 2).verdict());
    assertEquals(SegmentAlgorithmType.AUTOMATIC, decision(event, 2).algorithmType());
  }

  static byte[] corrected(String name, String instance) {
    return on(name).with(liver(1, CORRECTED_LIVER)).with(spleen(2, proposed(2))).binary(instance);
  }
}
