package org.firstpass.correction;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.study.Sha256;
import org.firstpass.volume.LabelMap;

/**
 * Labels as they travel between server and reader: unsigned 16-bit, little endian, in the order
 * slice, row, column (column fastest), gzip around them.
 */
public final class SubmittedLabels {
  private static final int BUFFER = 1 << 16;

  private SubmittedLabels() {}

  /**
   * Labels on the grid of the image.
   *
   * @throws InconsistentSubmission if it is not gzip or has not exactly one value per voxel
   */
  public static LabelMap read(InputStream gzip, GridGeometry grid) {
    int voxels = grid.size().voxels();
    var labels = new short[voxels];
    try (var in = new GZIPInputStream(gzip, BUFFER)) {
      var buffer = new byte[BUFFER];
      int done = 0;
      while (done < voxels) {
        int wanted = (int) Math.min(BUFFER, 2L * (voxels - done));
        int got = in.readNBytes(buffer, 0, wanted);
        if (got < wanted) {
          throw new InconsistentSubmission(
              "labels must have "
                  + voxels
                  + " values of 2 bytes ("
                  + grid.size()
                  + "), but end"
                  + " after "
                  + (2L * done + got)
                  + " bytes");
        }
        ByteBuffer.wrap(buffer, 0, got)
            .order(ByteOrder.LITTLE_ENDIAN)
            .asShortBuffer()
            .get(labels, done, got / 2);
        done += got / 2;
      }
      if (in.read() >= 0) {
        throw new InconsistentSubmission(
            "labels must have "
                + voxels
                + " values of 2 bytes ("
                + grid.size()
                + "), but have"
                + " more");
      }
    } catch (IOException e) {
      throw new InconsistentSubmission("labels must be gzip, but cannot be unpacked");
    }
    return new LabelMap(grid, labels);
  }

  /** Writes the values without gzip. */
  public static void writeRaw(LabelMap map, OutputStream out) throws IOException {
    int voxels = map.geometry().size().voxels();
    var buffer = ByteBuffer.allocate(BUFFER).order(ByteOrder.LITTLE_ENDIAN);
    for (int index = 0; index < voxels; index++) {
      if (!buffer.hasRemaining()) {
        out.write(buffer.array(), 0, buffer.position());
        buffer.clear();
      }
      buffer.putShort((short) map.labelAt(index));
    }
    out.write(buffer.array(), 0, buffer.position());
  }

  /** Writes the values with gzip, as {@link #read} takes them. */
  public static void writeGzip(LabelMap map, OutputStream out) throws IOException {
    var gzip = new GZIPOutputStream(out, BUFFER);
    writeRaw(map, gzip);
    gzip.finish();
  }

  /** The SHA-256 of the values without gzip: what a reader's client can compute, too. */
  public static Sha256 digest(LabelMap map) {
    var digest = Sha256.newDigest();
    try {
      writeRaw(
          map,
          new OutputStream() {
            @Override
            public void write(int b) {
              digest.update((byte) b);
            }

            @Override
            public void write(byte[] bytes, int from, int length) {
              digest.update(bytes, from, length);
            }
          });
    } catch (IOException e) {
      throw new IllegalStateException("a digest does no input or output", e);
    }
    return Sha256.from(digest.digest());
  }
}
