/**
 * The worklist over HTTP: UPS-RS and its event channel. Only translates; open {@link
 * org.firstpass.http.ups.WorkitemRoutes} first.
 */
@NullMarked
package org.firstpass.http.ups;

import org.jspecify.annotations.NullMarked;
