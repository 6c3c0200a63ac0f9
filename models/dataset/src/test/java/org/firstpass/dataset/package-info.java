/** Tests of data sets, on a real broker and a real database. */
@NullMarked
package org.firstpass.dataset;

import org.jspecify.annotations.NullMarked;
