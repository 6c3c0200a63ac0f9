/** What a training from data set to package promises. */
@NullMarked
package org.firstpass.training.run;

import org.jspecify.annotations.NullMarked;
