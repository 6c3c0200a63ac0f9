/**
 * The JSON API and what the page reads. Knows no SQL. Open {@link org.firstpass.http.TaskRoutes}
 * first.
 */
@NullMarked
package org.firstpass.http;

import org.jspecify.annotations.NullMarked;
