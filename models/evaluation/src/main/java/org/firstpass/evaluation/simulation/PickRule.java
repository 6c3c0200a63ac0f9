package org.firstpass.evaluation.simulation;

/** How the next case is chosen; the names are those of the queue's strategies. */
public enum PickRule {
  /** By lot alone: what the others are measured against. */
  RANDOM,
  /** Where the learner's mean entropy is largest. */
  UNCERTAINTY,
  /** Furthest from what was chosen, by image statistics (greedy k-centre). */
  DIVERSITY,
  /** Where two learners, each trained on half of what was chosen, differ most. */
  DISAGREEMENT,
  /** Of the scanner of which least was chosen. */
  NOVELTY
}
