/**
 * Accepted corrections for those who learn from them and do not read the broker: told in the order
 * of the topic, page by page, with the files that belong to each. Knows no database and no HTTP.
 * Open {@link org.firstpass.feed.CorrectionFeed} first.
 */
@NullMarked
package org.firstpass.feed;

import org.jspecify.annotations.NullMarked;
