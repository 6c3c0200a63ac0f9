package org.firstpass.fuzz.files;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.firstpass.dicom.Part10;
import org.firstpass.dicom.dataset.DataSetSyntax;
import org.firstpass.dicom.dataset.ElementReader;
import org.firstpass.dicom.dataset.ElementReader.Token;
import org.firstpass.dicom.dataset.ElementWriter;
import org.firstpass.dicom.dataset.StoredDataSet;
import org.firstpass.dicom.dataset.Vr;
import org.firstpass.study.SopClassUid;
import org.firstpass.study.SopInstanceUid;
import org.firstpass.study.TransferSyntaxUid;

/**
 * A file in little endian that is edited element by element, so that what comes out parses, and
 * gets past the parser to what makes sense of the values.
 *
 * <p>An edit is four bytes and data: what to do, which token (two bytes), how many bytes of data. A
 * value is replaced, or overwritten in part; an element is taken away; an item is there twice.
 */
final class EditedFile {
  /** Explicit header of a long element. */
  private static final int LONG_HEADER = 12;

  /** A token; of an element with its value. */
  private record Piece(Token token, int tag, Vr vr, ByteBuffer value) {}

  private final byte[] header;
  private final List<Piece> pieces;
  private final byte[] encapsulated;

  private EditedFile(byte[] header, List<Piece> pieces, byte[] encapsulated) {
    this.header = header;
    this.pieces = pieces;
    this.encapsulated = encapsulated;
  }

  static EditedFile of(byte[] file) {
    return StoredDataSet.with(
        SampleFiles.source(file),
        stored -> {
          byte[] dataset = stored.bytes().readAllBytes();
          String written = stored.transferSyntax();
          byte[] header =
              Part10.header(
                  new SopClassUid(stored.sopClass().orElseThrow()),
                  new SopInstanceUid(stored.sopInstance().orElseThrow()),
                  new TransferSyntaxUid(
                      written.equals(SampleImage.IMPLICIT) ? SampleImage.EXPLICIT : written));
          var in = new ElementReader(new ByteArrayInputStream(dataset), DataSetSyntax.of(written));
          List<Piece> pieces = new ArrayList<>();
          Token token = in.next();
          while (token != Token.END && token != Token.FRAGMENTS) {
            byte[] value = token == Token.ELEMENT ? in.value() : new byte[0];
            pieces.add(new Piece(token, in.tag(), in.vr(), ByteBuffer.wrap(value)));
            token = in.next();
          }
          int rest = token == Token.END ? dataset.length : (int) in.position() - LONG_HEADER;
          return new EditedFile(
              header, List.copyOf(pieces), Arrays.copyOfRange(dataset, rest, dataset.length));
        });
  }

  /** The file with edits. */
  byte[] with(ByteBuffer edits) {
    List<Piece> edited = new ArrayList<>(pieces);
    byte[] tail = encapsulated.clone();
    while (edits.remaining() >= Integer.BYTES) {
      int deed = edits.get() & 0xff;
      int at = (edits.getShort() & 0xffff) % (edited.size() + 1);
      byte[] data = new byte[Math.min(edits.get() & 0xff, edits.remaining())];
      edits.get(data);
      if (at == edited.size()) {
        overwrite(tail, data);
      } else {
        edit(edited, at, deed, data);
      }
    }
    return written(edited, tail);
  }

  private static void edit(List<Piece> pieces, int at, int deed, byte[] data) {
    Piece piece = pieces.get(at);
    switch (piece.token()) {
      case ELEMENT -> {
        switch (deed % 4) {
          case 0, 1 -> pieces.set(at, withValue(piece, data));
          case 2 -> {
            byte[] value = piece.value().array().clone();
            overwrite(value, data);
            pieces.set(at, withValue(piece, value));
          }
          default -> pieces.remove(at);
        }
      }
      case ITEM, SEQUENCE -> {
        int end = end(pieces, at);
        List<Piece> whole = List.copyOf(pieces.subList(at, end));
        if (deed % 2 == 0 && piece.token() == Token.ITEM && pieces.size() < 5000) {
          pieces.addAll(end, whole);
        } else {
          pieces.subList(at, end).clear();
        }
      }
      case ITEM_END, SEQUENCE_END, FRAGMENTS, END -> {
        // Ends go with what they end.
      }
    }
  }

  private static Piece withValue(Piece piece, byte[] value) {
    return new Piece(piece.token(), piece.tag(), piece.vr(), ByteBuffer.wrap(value));
  }

  /** Where an item or a sequence ends, behind its end. */
  private static int end(List<Piece> pieces, int begin) {
    int open = 0;
    int at = begin;
    do {
      Token token = pieces.get(at).token();
      open += token == Token.ITEM || token == Token.SEQUENCE ? 1 : 0;
      open -= token == Token.ITEM_END || token == Token.SEQUENCE_END ? 1 : 0;
      at++;
    } while (open > 0);
    return at;
  }

  /** The first byte says where. */
  private static void overwrite(byte[] value, byte[] data) {
    if (data.length > 1 && value.length > 0) {
      int at = (data[0] & 0xff) % value.length;
      System.arraycopy(data, 1, value, at, Math.min(data.length - 1, value.length - at));
    }
  }

  private byte[] written(List<Piece> edited, byte[] tail) {
    var out = new ByteArrayOutputStream();
    out.writeBytes(header);
    var writer = new ElementWriter(out);
    try {
      for (Piece piece : edited) {
        switch (piece.token()) {
          case ELEMENT -> writer.element(piece.tag(), piece.vr(), piece.value().array());
          case SEQUENCE -> writer.beginSequence(piece.tag());
          case ITEM -> writer.beginItem();
          case ITEM_END -> writer.endItem();
          case SEQUENCE_END -> writer.endSequence();
          case FRAGMENTS, END -> throw new IllegalStateException("no piece of a file");
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    out.writeBytes(tail);
    return out.toByteArray();
  }
}
