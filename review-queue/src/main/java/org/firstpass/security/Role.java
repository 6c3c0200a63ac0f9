package org.firstpass.security;

/** What a user or a token may do; a route names the roles that may call it. */
public enum Role {
  /** Makes users and tokens, and sees every route. */
  ADMINISTRATOR,
  /** Claims, corrects and submits review tasks. */
  RADIOLOGIST,
  /** Leads the readers: sees the figures of each of them. */
  LEAD,
  /** Follows models and exports datasets, decides no task. */
  ML_ENGINEER,
  /** Reads the audit trail, changes nothing. */
  AUDITOR,
  /** A program of the installation. */
  SERVICE
}
