package org.firstpass.training.run;

/** Who is told how far a training is. */
public interface TrainingReport {
  /** A sentence for people. */
  void say(String sentence);

  /** After each step. */
  void step(Progress progress, int steps, double secondsLeft);
}
