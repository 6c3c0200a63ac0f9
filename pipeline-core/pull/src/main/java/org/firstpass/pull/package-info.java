/**
 * Images from archives: single studies, the priors of what arrived, and whole years of an archive,
 * through the gateway's own door. Knows no model and no review. Open {@link
 * org.firstpass.pull.Pulls} first.
 */
@NullMarked
package org.firstpass.pull;

import org.jspecify.annotations.NullMarked;
