/**
 * One training from data set to package: updates of the weights, checkpoints, validation by the
 * worker's own code, the finished package with its figures. The rooms {@code graph} and {@code
 * data} do the parts. Open {@link org.firstpass.training.run.Training} first.
 */
@NullMarked
package org.firstpass.training.run;

import org.jspecify.annotations.NullMarked;
