package org.firstpass.security;

/** What the audit trail tells of. The names are stored, so a name that was released stays. */
public enum AuditAction {
  LOGIN,
  LOGIN_FAILED,
  LOGOUT,
  ACCESS_REFUSED,
  TASK_OPENED,
  TASK_CLAIMED,
  TASK_RELEASED,
  TASK_SUBMITTED,
  TASK_DISCONTINUED,
  OBJECT_EXPORTED,
  USER_CREATED,
  USER_DISABLED,
  USER_ENABLED,
  USER_ROLES_CHANGED,
  PASSWORD_CHANGED,
  TOKEN_CREATED,
  TOKEN_REVOKED
}
