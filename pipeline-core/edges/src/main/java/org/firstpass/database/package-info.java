/**
 * Connections, migrations, transactions and the outbox table. Knows no room's own tables. Open
 * {@link org.firstpass.database.Database} first.
 */
@NullMarked
package org.firstpass.database;

import org.jspecify.annotations.NullMarked;
