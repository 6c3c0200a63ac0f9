/**
 * What an installation may choose, from one file and the environment. Knows no room's keys. Open
 * {@link org.firstpass.settings.Settings} first.
 */
@NullMarked
package org.firstpass.settings;

import org.jspecify.annotations.NullMarked;
