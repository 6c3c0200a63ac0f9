package org.firstpass.training.run;

import java.util.OptionalDouble;

/**
 * How far a training is, after a step.
 *
 * @param step how many are done
 * @param loss of the window of this step
 * @param validationDice if it was measured after this step
 * @param seconds that the training had taken by then
 */
public record Progress(
    int step, float loss, float rate, OptionalDouble validationDice, double seconds) {}
