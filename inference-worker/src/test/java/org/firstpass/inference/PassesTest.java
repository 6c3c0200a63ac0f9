package org.firstpass.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.firstpass.failure.Defect;
import org.firstpass.failure.ReasonCode;
import org.firstpass.geometry.GridSize;
import org.firstpass.model.OutputSpec.Activation;
import org.firstpass.model.WindowSpec;
import org.firstpass.model.WindowSpec.Placement;
import org.firstpass.prepare.NetworkInput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Mirror images and members of an ensemble: several passes over each window, and their mean. */
final class PassesTest {
  private static final GridSize SIZE = new GridSize(13, 11, 12);
  private static final ConvolutionGraph FIRST = new ConvolutionGraph(2, 3, false, 21);
  private static final ConvolutionGraph SECOND = new ConvolutionGraph(2, 3, false, 22);

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"0", "1", "2", "0,2", "2,1,0"})
  void mirrorImagesAreTurnedBackAndAveraged(String axes) {
    List<Integer> mirror = List.of(axes.split(",")).stream().map(Integer::valueOf).toList();
    NetworkFixture fixture =
        fixture().graph(FIRST.graph()).sliding(List.of(7, 6, 8), 0.5, Placement.NNUNET, mirror);
    assertPlain(fixture, List.of(FIRST));
  }

  @Test
  void theMembersOfAnEnsembleAreAveragedAndTellHowFarTheyAgree() {
    NetworkFixture fixture =
        fixture()
            .graph(FIRST.graph())
            .graph(SECOND.graph())
            .sliding(List.of(7, 6, 8), 0.5, Placement.MONAI, List.of(1));
    assertPlain(fixture, List.of(FIRST, SECOND));
  }

  @ParameterizedTest
  @CsvSource({"1,3", "2,5", "3,8", "2,16", "3,64"})
  void callersAndBatchesDoNotChangeTheMean(int callers, int batch) {
    NetworkInput input = NetworkFixture.noise(SIZE, 2, 3);
    Slabs alone = slabs(ensemble().shape(1, 1), input);
    Slabs together = slabs(ensemble().shape(callers, batch), input);
    for (int channel = 0; channel < 3; channel++) {
      assertArrayEquals(alone.channel(channel), together.channel(channel), 1e-5f);
    }
    assertArrayEquals(alone.agreement(), together.agreement(), 1e-5f);
    Slabs again = slabs(ensemble().shape(4, batch), input);
    assertArrayEquals(together.channel(1), again.channel(1));
  }

  @Test
  void aGraphThatTakesOneWindowAtATimeIsGivenOne() {
    NetworkInput input = NetworkFixture.noise(SIZE, 2, 4);
    var single = new ConvolutionGraph(2, 3, false, 21).batch(1);
    NetworkFixture fixture =
        fixture()
            .graph(single.graph())
            .sliding(List.of(7, 6, 8), 0.5, Placement.MONAI, List.of(0))
            .shape(2, 8);
    PlainBlending plain = PlainBlending.of(fixture.manifest(), input, List.of(single));
    Slabs slabs = slabs(fixture, input);
    for (int at = 0; at < SIZE.voxels(); at++) {
      assertEquals(plain.value(2, at), slabs.channel(2)[at], 1e-5);
    }
  }

  @Test
  void anEnsembleOfGraphsThatAnswerInDifferentFormsIsRefused() {
    NetworkFixture fixture =
        fixture()
            .output(Activation.ARGMAX, 3)
            .graph(FIRST.deciding())
            .graph(SECOND.graph())
            .sliding(List.of(7, 6, 8), 0.5, Placement.MONAI, List.of());
    Defect defect = assertThrows(Defect.class, () -> fixture.open(folder));
    assertEquals(ReasonCode.PACKAGE_INVALID, defect.code());
    assertTrue(defect.getMessage().contains("must be alike"), defect.getMessage());
  }

  @Test
  void theWholeGridIsMirroredToo() {
    NetworkFixture fixture =
        fixture().graph(FIRST.graph()).windows(new WindowSpec.Whole(4, 0.5, List.of(0, 1)));
    assertPlain(fixture, List.of(FIRST));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void graphsThatDecideThemselvesVote(boolean severalPasses) {
    NetworkFixture fixture =
        fixture()
            .output(Activation.ARGMAX, 3)
            .graph(FIRST.deciding())
            .sliding(
                List.of(7, 6, 8), 0.5, Placement.MONAI, severalPasses ? List.of(0, 2) : List.of());
    NetworkInput input = NetworkFixture.noise(SIZE, 2, 5);
    PlainBlending plain = PlainBlending.of(fixture.manifest(), input, List.of(FIRST));
    Slabs slabs = slabs(fixture.shape(2, 1), input);
    for (int at = 0; at < SIZE.voxels(); at++) {
      double votes = 0;
      for (int channel = 0; channel < 3; channel++) {
        assertEquals(plain.value(channel, at), slabs.channel(channel)[at], 1e-5);
        votes += slabs.channel(channel)[at];
      }
      assertEquals(1, votes, 1e-5);
      if (severalPasses) {
        assertEquals(plain.agreement(at), slabs.agreement()[at], 1e-5);
      }
    }
  }

  private void assertPlain(NetworkFixture fixture, List<ConvolutionGraph> networks) {
    NetworkInput input = NetworkFixture.noise(SIZE, 2, 6);
    PlainBlending plain = PlainBlending.of(fixture.manifest(), input, networks);
    Slabs slabs = slabs(fixture.shape(2, 3), input);
    for (int at = 0; at < SIZE.voxels(); at++) {
      for (int channel = 0; channel < 3; channel++) {
        assertEquals(plain.value(channel, at), slabs.channel(channel)[at], 1e-5);
      }
      assertEquals(plain.agreement(at), slabs.agreement()[at], 1e-5);
    }
  }

  private static NetworkFixture ensemble() {
    return fixture()
        .graph(FIRST.graph())
        .graph(SECOND.graph())
        .sliding(List.of(7, 6, 8), 0.5, Placement.MONAI, List.of(2, 0));
  }

  private static NetworkFixture fixture() {
    return new NetworkFixture().channels(2).output(Activation.SOFTMAX, 3);
  }

  private Slabs slabs(NetworkFixture fixture, NetworkInput input) {
    var slabs = new Slabs(SIZE, 3);
    try (LoadedNetwork network = fixture.open(folder)) {
      network.run(input, slabs);
    }
    return slabs;
  }
}
