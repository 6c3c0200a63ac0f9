package org.firstpass.http;

import io.javalin.security.RouteRole;
import org.firstpass.security.Role;

/** What a route says about who may call it. A route that says nothing is called by nobody. */
sealed interface RouteAccess extends RouteRole {

  /** Whoever is logged in and has this role. */
  record Holder(Role role) implements RouteAccess {}

  /** More than a role. */
  enum Open implements RouteAccess {
    /** Without a login. */
    ANYONE,
    /** Whoever is logged in, whatever the roles. */
    ANY_ROLE,
    /** Without a login from this machine; from elsewhere a role is needed. */
    LOOPBACK
  }
}
