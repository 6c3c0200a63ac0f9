package org.firstpass.prepare;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.firstpass.model.LabelSpec.LabelledChannel;
import org.firstpass.model.OutputSpec.Activation;
import org.firstpass.sample.SampleManifest;
import org.junit.jupiter.api.Test;

final class SegmentChoiceTest {
  @Test
  void theLargestOfExclusiveClassesIsChosenAndItsNumberIsTheManifests() {
    SegmentChoice choice =
        SegmentChoice.of(
            new SampleManifest()
                .output(Activation.SOFTMAX, 3)
                .labels(List.of(new LabelledChannel(2, SampleManifest.segment(300), null)))
                .draft());
    assertEquals(300, choice.choose(new float[] {0, 1, 2}));
    assertEquals(0, choice.choose(new float[] {0, 2, 1}), "channel 1 has no segment");
    assertEquals(0, choice.choose(new float[] {3, 2, 1}));
    assertEquals(0, choice.choose(new float[] {2, 0, 2}), "the first of equals");
  }

  @Test
  void theSurestOfIndependentClassesThatReachTheThresholdIsChosen() {
    SegmentChoice choice =
        SegmentChoice.of(
            new SampleManifest()
                .output(Activation.SIGMOID, 2)
                .labels(
                    List.of(
                        new LabelledChannel(0, SampleManifest.segment(4), null),
                        new LabelledChannel(1, SampleManifest.segment(7), null)))
                .draft());
    assertEquals(0, choice.choose(new float[] {-0.1f, -2}));
    assertEquals(4, choice.choose(new float[] {0, -2}), "the threshold itself counts");
    assertEquals(7, choice.choose(new float[] {1, 2}));
    assertEquals(7, choice.choose(new float[] {-1, 0.1f}));
  }

  @Test
  void ofRegionsThatExceedTheThresholdTheLastNamedWins() {
    SegmentChoice choice =
        SegmentChoice.of(
            new SampleManifest()
                .output(Activation.REGIONS, 3)
                .labels(
                    List.of(
                        new LabelledChannel(2, SampleManifest.segment(4), null),
                        new LabelledChannel(0, SampleManifest.segment(7), null)))
                .draft());
    assertEquals(2, choice.channel(0), "in the order of the manifest");
    assertEquals(0, choice.choose(new float[] {0, 0}), "nnU-Net's threshold has to be exceeded");
    assertEquals(4, choice.choose(new float[] {5, -1}));
    assertEquals(7, choice.choose(new float[] {5, 0.1f}));
    assertEquals(7, choice.choose(new float[] {-5, 0.1f}));
  }

  @Test
  void fractionsAreComparedAsTheyAre() {
    SegmentChoice choice =
        SegmentChoice.of(
            new SampleManifest()
                .output(Activation.FRACTION, 2)
                .labels(
                    List.of(
                        new LabelledChannel(0, SampleManifest.segment(4), null),
                        new LabelledChannel(1, SampleManifest.segment(7), null)))
                .draft());
    assertEquals(0, choice.choose(new float[] {0.49f, 0.1f}));
    assertEquals(4, choice.choose(new float[] {0.5f, 0.1f}), "the threshold itself counts");
    assertEquals(7, choice.choose(new float[] {0.6f, 0.7f}));
  }
}
