package org.firstpass.training.run;

import java.util.Arrays;
import org.firstpass.training.graph.TrainableGraph;
import org.firstpass.training.graph.Weight;

/**
 * How much of a step each weight takes. Adam's steps have one length for all, whatever their
 * weights are: a kernel for unscaled Hounsfield units has weights of less than a thousandth, and
 * would be gone after one. So small kernels take steps in proportion to their root mean square.
 *
 * @see "Shazeer and Stern, Adafactor, ICML 2018, section 8: relative step size"
 */
final class StepShares {
  /** From this root mean square of a kernel on its steps are whole. */
  private static final double WHOLE = 0.02;

  private StepShares() {}

  /** Of each trained weight, in the order of the graph's one array; 0 to 1. */
  static float[] of(TrainableGraph graph) {
    float[] values = graph.initialValues();
    var shares = new float[values.length];
    Arrays.fill(shares, 1);
    for (Weight weight : graph.weights()) {
      if (weight.trained() && weight.shape().size() > 1) {
        int end = weight.offset() + weight.count();
        double squares = 0;
        for (int i = weight.offset(); i < end; i++) {
          squares += (double) values[i] * values[i];
        }
        double share = Math.min(1, Math.sqrt(squares / weight.count()) / WHOLE);
        Arrays.fill(shares, weight.offset(), end, share == 0 ? 1 : (float) share);
      }
    }
    return shares;
  }
}
