package org.firstpass.security;

/**
 * A new API token with its secret, which is shown this once.
 *
 * @param secret what goes behind {@code Authorization: Bearer}
 */
public record IssuedToken(ApiToken token, String secret) {
  @Override
  public String toString() {
    return "IssuedToken[" + token + "]";
  }
}
