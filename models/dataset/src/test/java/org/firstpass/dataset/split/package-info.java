/** Tests of the split ledger on a real database. */
@NullMarked
package org.firstpass.dataset.split;

import org.jspecify.annotations.NullMarked;
