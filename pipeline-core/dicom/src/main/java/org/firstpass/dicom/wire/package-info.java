/**
 * What stands between the network and the toolkit: sockets whose peer can neither make it read
 * without bound nor wait without end. Knows no service. Open {@link
 * org.firstpass.dicom.wire.AcceptLoop} for who comes in, {@link
 * org.firstpass.dicom.wire.GuardedSocket} for what is watched.
 */
@NullMarked
package org.firstpass.dicom.wire;

import org.jspecify.annotations.NullMarked;
