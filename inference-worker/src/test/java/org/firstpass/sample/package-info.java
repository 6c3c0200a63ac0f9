/** What the tests of this module run on: tiny networks, grids in every orientation, real data. */
@NullMarked
package org.firstpass.sample;

import org.jspecify.annotations.NullMarked;
