package org.firstpass.dicom.web;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.firstpass.dicom.InstanceSource;
import org.firstpass.dicom.dataset.ElementReader;
import org.firstpass.dicom.dataset.ElementReader.Token;
import org.firstpass.dicom.dataset.StoredDataSet;

/**
 * One value of an instance by its path: tags in hexadecimal, each but the last followed by the
 * number of an item, from 0, with slashes.
 */
public final class BulkData {
  private static final int LONGEST_PATH = 1024;

  private BulkData() {}

  /** Takes the value while the instance is open. */
  public interface Sink {
    /**
     * Takes a value.
     *
     * @param value in little endian
     * @param length in bytes
     */
    void accept(InputStream value, long length) throws IOException;
  }

  /** Whether this is a path at all. */
  public static boolean isPath(String path) {
    return path.length() <= LONGEST_PATH
        && path.matches("[0-9A-Fa-f]{8}(/[0-9]{1,6}/[0-9A-Fa-f]{8})*");
  }

  /**
   * Reads a value.
   *
   * @return false if there is none, or if it is encapsulated pixel data, which are frames
   */
  public static boolean read(InstanceSource instance, String path, Sink sink) {
    Deque<String> steps = new ArrayDeque<>(List.of(path.split("/")));
    return StoredDataSet.with(instance, stored -> find(stored.elements(), steps, sink));
  }

  private static boolean find(ElementReader in, Deque<String> steps, Sink sink) throws IOException {
    int wanted = Integer.parseUnsignedInt(steps.pop(), 16);
    Token token = in.next();
    while (token != Token.END && token != Token.ITEM_END) {
      boolean here = in.tag() == wanted;
      if (token == Token.SEQUENCE) {
        if (here && !steps.isEmpty()) {
          return enter(in, steps) && find(in, steps, sink);
        }
        DataSetJson.skipSequence(in);
      } else if (here && token == Token.ELEMENT && steps.isEmpty()) {
        long length = in.length();
        sink.accept(littleEndian(in, in.vr().unit()), length);
        return true;
      }
      token = in.next();
    }
    return false;
  }

  private static boolean enter(ElementReader in, Deque<String> steps) throws IOException {
    int item = Integer.parseInt(steps.pop());
    int depth = in.depth();
    Token token = in.next();
    for (int at = 0; token == Token.ITEM; at++) {
      if (at == item) {
        return true;
      }
      while (token != Token.ITEM_END || in.depth() > depth) {
        token = in.next();
      }
      token = in.next();
    }
    return false;
  }

  /** The current value in little endian, turned round on the way if it is not. */
  static InputStream littleEndian(ElementReader in, int unit) {
    return in.bigEndian() && unit > 1 ? new TurnedUnits(in.stream(), unit) : in.stream();
  }

  /** Whole units of a value, each from its last byte to its first. */
  private static final class TurnedUnits extends InputStream {
    private final InputStream in;
    private final int unit;
    private final Deque<Integer> pending = new ArrayDeque<>();

    TurnedUnits(InputStream in, int unit) {
      this.in = in;
      this.unit = unit;
    }

    @Override
    public int read() throws IOException {
      if (pending.isEmpty()) {
        for (int i = 0; i < unit; i++) {
          int value = in.read();
          if (value >= 0) {
            pending.push(value);
          }
        }
      }
      return pending.isEmpty() ? -1 : pending.pop();
    }
  }
}
