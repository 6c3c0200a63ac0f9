package org.firstpass.dicom;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/**
 * Network addresses: one, or all that begin alike. Names are not looked up, since whoever answers
 * them would decide who may send.
 *
 * @param address IPv4 or IPv6
 * @param prefix how many of its leading bits count
 */
public record HostRange(InetAddress address, int prefix) {
  private static final Pattern LITERAL = Pattern.compile("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

  public HostRange {
    if (prefix < 0 || prefix > bits(address)) {
      throw new IllegalArgumentException(
          "the prefix of " + address + " is 0 to " + bits(address) + ", but is " + prefix);
    }
  }

  /** Reads {@code 10.1.2.3}, {@code 10.1.0.0/16}, {@code fd00::/8}. */
  public static HostRange parse(String text) {
    int slash = text.indexOf('/');
    String literal = slash < 0 ? text : text.substring(0, slash);
    if (!LITERAL.matcher(literal).matches()) {
      throw notARange(text);
    }
    try {
      InetAddress address = InetAddress.getByName(literal);
      int prefix = slash < 0 ? bits(address) : Integer.parseInt(text.substring(slash + 1));
      return new HostRange(address, prefix);
    } catch (UnknownHostException | NumberFormatException e) {
      throw notARange(text);
    }
  }

  boolean contains(InetAddress host) {
    byte[] wanted = address.getAddress();
    byte[] found = host.getAddress();
    if (wanted.length != found.length) {
      return false;
    }
    for (int bit = 0; bit < prefix; bit++) {
      int mask = 0x80 >> bit % Byte.SIZE;
      if (((wanted[bit / Byte.SIZE] ^ found[bit / Byte.SIZE]) & mask) != 0) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return address.getHostAddress() + "/" + prefix;
  }

  private static int bits(InetAddress address) {
    return address.getAddress().length * Byte.SIZE;
  }

  private static IllegalArgumentException notARange(String text) {
    return new IllegalArgumentException(
        "expected an address or a range such as 10.1.0.0/16, found '" + text + "'");
  }
}
