package org.firstpass.security;

import java.time.Instant;

/** One row of the audit trail. */
public record AuditEntry(long id, Instant time, AuditFact fact) {}
