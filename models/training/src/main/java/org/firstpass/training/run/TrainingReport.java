package org.firstpass.training.run;

/** Who is told how far a training is. */
public interface TrainingReport {
  /** A sentence for people. */
  void say(String sentence);

  /** After each step. */
  void step(Progress progress, int steps, double secondsLeft);

  /**
   * At the end, if there was a package to train on and a case for validation.
   *
   * @param done steps that were made
   * @param baseDice of the package that was trained on, the mean over the segments
   * @param dice of the package that came of it, on the same cases
   */
  void compared(int done, double baseDice, double dice);
}
