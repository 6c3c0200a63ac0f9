/**
 * Peers that no honest peer is like, on loopback sockets of this process: clients of the SCPs, and
 * a server for the SCUs. Open {@link org.firstpass.fuzz.net.NetTargets}.
 */
@NullMarked
package org.firstpass.fuzz.net;

import org.jspecify.annotations.NullMarked;
