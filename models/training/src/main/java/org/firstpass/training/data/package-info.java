/**
 * What a network is shown while it is trained: the cases of an exported data set, the windows drawn
 * from them, and how they are changed so that it sees more than there is. Plain arrays; knows no
 * engine. Open {@link org.firstpass.training.data.TrainingSet} first.
 */
@NullMarked
package org.firstpass.training.data;

import org.jspecify.annotations.NullMarked;
