/**
 * Who may do what, and what was done: local users, sessions, API tokens, roles and the audit trail.
 *
 * <p>Knows no HTTP, no review task and no patient. Open {@link org.firstpass.security.Security}
 * first: it builds the rest.
 */
@NullMarked
package org.firstpass.security;

import org.jspecify.annotations.NullMarked;
