/**
 * What a selection strategy would have gained on cases whose labels are known: the cases are chosen
 * one after the other, a small learner is trained on what was chosen so far, and measured on cases
 * held out. Knows no database. Open {@link org.firstpass.evaluation.simulation.Simulation} first.
 */
@NullMarked
package org.firstpass.evaluation.simulation;

import org.jspecify.annotations.NullMarked;
