@NullMarked
package org.firstpass.fuzz;

import org.jspecify.annotations.NullMarked;
