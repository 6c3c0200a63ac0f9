/**
 * The review queue as a DICOM worklist: tasks as Unified Procedure Steps, their attributes,
 * searches, state changes, subscriptions and event reports. Knows no SQL and no HTTP. Open {@link
 * org.firstpass.ups.Worklist} first.
 */
@NullMarked
package org.firstpass.ups;

import org.jspecify.annotations.NullMarked;
