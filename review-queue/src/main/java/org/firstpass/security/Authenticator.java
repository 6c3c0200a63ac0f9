package org.firstpass.security;

import java.util.Optional;

/** Turns a password into a session and a bearer token into an identity. */
public interface Authenticator {

  /**
   * A session, or nothing for a wrong password, an unknown or a disabled user: the answer and its
   * time do not say which.
   *
   * @param password is overwritten with zeros
   * @throws TooManyFailures while this user is refused from this address without a look at the
   *     password
   */
  Optional<Session> login(String user, char[] password, String address);

  /** {@link #login(String, char[], String)} of a caller in this process. */
  default Optional<Session> login(String user, char[] password) {
    return login(user, password, "local");
  }

  /** Whose session or API token this is; nothing if it is unknown, ended, revoked or disabled. */
  Optional<Identity> identify(String bearerToken);

  /** Ends a session; an unknown token is no error. */
  void logout(String token);
}
