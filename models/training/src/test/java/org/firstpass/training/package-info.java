/** What training promises. */
@NullMarked
package org.firstpass.training;

import org.jspecify.annotations.NullMarked;
