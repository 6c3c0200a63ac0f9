/** What was not done and who can mend it. Open {@link org.firstpass.failure.ReasonCode} first. */
@NullMarked
package org.firstpass.failure;

import org.jspecify.annotations.NullMarked;
