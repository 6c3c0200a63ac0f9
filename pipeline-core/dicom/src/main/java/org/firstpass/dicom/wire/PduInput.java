package org.firstpass.dicom.wire;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.dcm4che3.net.pdu.AAbort;

/**
 * PDUs as they come from a peer, which are refused before anybody makes room for them: a PDU that
 * is too long, fragments that do not fit into it, a command set that is none, the data set of a
 * response that is no answer, a message that does not come forward.
 *
 * <p>What is refused aborts the association, as the toolkit does with what it refuses itself. Read
 * by one thread at a time.
 *
 * @see "PS3.8 9.3"
 */
final class PduInput extends FilterInputStream {
  private static final int PDU_HEADER = 6;
  private static final int PDV_HEADER = 6;
  private static final int ASSOCIATE_RQ = 1;
  private static final int ASSOCIATE_AC = 2;
  private static final int P_DATA_TF = 4;
  private static final int AE_TITLES_FROM = 4;
  private static final int AE_TITLES_TO = 36;
  private static final int PROVIDER = 2;
  private static final int NOT_SPECIFIED = 0;
  private static final int INVALID_PARAMETER = 6;

  /** What the next byte belongs to. */
  private enum Part {
    PDU_HEADER,
    PDU_BODY,
    PDV_HEADER,
    PDV_BODY
  }

  private final int longestResponse;
  private final long stallNanos;
  private final byte[] header = new byte[PDU_HEADER];
  private int headerRead;
  private Part part = Part.PDU_HEADER;
  private int pduType;
  private int pduLength;
  private int pduLeft;
  private int pdvLeft;
  private int pdvControl;
  private CommandScan command = new CommandScan();
  private boolean inCommand;
  private boolean inMessage;
  private long responseBytes;
  private long waitedNanos;
  private long moved;

  /**
   * @param longestResponse of the data set of a response, in bytes: the toolkit reads it into
   *     memory, whether it is awaited or not
   */
  PduInput(InputStream in, int longestResponse, Bounds bounds) {
    super(in);
    this.longestResponse = longestResponse;
    this.stallNanos = bounds.stall().toNanos();
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    long before = System.nanoTime();
    int count = super.read(target, offset, length);
    if (count > 0) {
      look(target, offset, offset + count);
      requireProgress(System.nanoTime() - before);
    }
    return count;
  }

  @Override
  public long skip(long count) throws IOException {
    throw new IOException("what a peer sends is not skipped unread");
  }

  /** Waiting between messages is the idle time's business. */
  private void requireProgress(long nanos) throws AAbort {
    if (!inMessage) {
      return;
    }
    waitedNanos += nanos;
    if (waitedNanos >= stallNanos) {
      if (moved < Bounds.LEAST_BYTES) {
        throw new AAbort(PROVIDER, NOT_SPECIFIED);
      }
      waitedNanos = 0;
      moved = 0;
    }
  }

  private void look(byte[] bytes, int from, int to) throws AAbort {
    int position = from;
    while (position < to) {
      switch (part) {
        case PDU_HEADER -> {
          header[headerRead++] = bytes[position++];
          if (headerRead == PDU_HEADER) {
            beginPdu();
          }
        }
        case PDV_HEADER -> {
          header[headerRead++] = bytes[position++];
          pduLeft--;
          if (headerRead == PDV_HEADER) {
            beginPdv();
          }
        }
        case PDU_BODY -> {
          int count = Math.min(to - position, pduLeft);
          requirePrintable(bytes, position, position + count);
          position += count;
          pduLeft -= count;
        }
        case PDV_BODY -> {
          int count = Math.min(to - position, pdvLeft);
          passed(bytes, position, position + count);
          position += count;
          pdvLeft -= count;
          pduLeft -= count;
          if (pdvLeft == 0) {
            endPdv();
          }
        }
      }
      if (pduLeft == 0 && part != Part.PDU_HEADER) {
        begin(Part.PDU_HEADER);
      }
    }
  }

  private void begin(Part next) {
    part = next;
    headerRead = 0;
  }

  private void beginPdu() throws AAbort {
    pduType = header[0];
    pduLength = intAt(2);
    pduLeft = pduLength;
    boolean carries = pduType == ASSOCIATE_RQ || pduType == ASSOCIATE_AC || pduType == P_DATA_TF;
    // Of all others the toolkit reads four bytes, and refuses more.
    if (carries && (pduLength < 4 || pduLength > Bounds.LONGEST_PDU) || pduLength < 0) {
      throw refused();
    }
    begin(pduType == P_DATA_TF ? Part.PDV_HEADER : Part.PDU_BODY);
  }

  private void beginPdv() throws AAbort {
    // Its length counts the context and the control byte, which are already read.
    pdvLeft = intAt(0) - 2;
    pdvControl = header[5];
    if (pdvLeft < 0 || pdvLeft > pduLeft) {
      throw refused();
    }
    boolean isCommand = (pdvControl & 1) != 0;
    if (isCommand && !inCommand) {
      command = new CommandScan();
      inCommand = true;
      responseBytes = 0;
      if (!inMessage) {
        inMessage = true;
        waitedNanos = 0;
        moved = 0;
      }
    }
    begin(Part.PDV_BODY);
    if (pdvLeft == 0) {
      endPdv();
    }
  }

  private void passed(byte[] bytes, int from, int to) throws AAbort {
    moved += to - from;
    if (inCommand) {
      if (!command.accepts(bytes, from, to)) {
        throw refused();
      }
    } else if (command.isResponse()) {
      responseBytes += to - from;
      if (responseBytes > longestResponse) {
        throw refused();
      }
    }
  }

  private void endPdv() throws AAbort {
    boolean last = (pdvControl & 2) != 0;
    if (last && inCommand) {
      if (!command.isWhole()) {
        throw refused();
      }
      inCommand = false;
      inMessage = command.hasDataSet();
    } else if (last) {
      inMessage = false;
    }
    begin(Part.PDV_HEADER);
  }

  /**
   * AE titles are written into logs: no control characters, but zeros instead of spaces are met.
   */
  private void requirePrintable(byte[] bytes, int from, int to) throws AAbort {
    if (pduType != ASSOCIATE_RQ && pduType != ASSOCIATE_AC) {
      return;
    }
    int start = pduLength - pduLeft;
    for (int i = from; i < to && start + i - from < AE_TITLES_TO; i++) {
      if (start + i - from >= AE_TITLES_FROM
          && bytes[i] != 0
          && Character.isISOControl(bytes[i] & 0xFF)) {
        throw refused();
      }
    }
  }

  private int intAt(int offset) {
    return (header[offset] & 0xFF) << 24
        | (header[offset + 1] & 0xFF) << 16
        | (header[offset + 2] & 0xFF) << 8
        | header[offset + 3] & 0xFF;
  }

  private static AAbort refused() {
    return new AAbort(PROVIDER, INVALID_PARAMETER);
  }
}
