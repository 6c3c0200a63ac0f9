package org.firstpass.training.run;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.firstpass.failure.Defect;
import org.firstpass.failure.ReasonCode;
import org.firstpass.study.Sha256;

/**
 * All that a training needs to go on after it was killed. What is drawn follows from seed and step,
 * so that no stream of random numbers has to be kept.
 *
 * @param command what the training was asked for; another command does not go on with this
 * @param weights after the last step of the history
 * @param best the weights of the best validation so far
 * @param bestDice of that validation, not a number if there was none
 * @param seconds that were spent
 * @param history one entry per step
 */
record Checkpoint(
    Sha256 command,
    Weights weights,
    Weights best,
    double bestDice,
    int bestStep,
    double seconds,
    List<Progress> history) {
  private static final int FORMAT = 1;

  Checkpoint {
    history = List.copyOf(history);
  }

  int step() {
    return history.size();
  }

  /** Writes it beside and then over a file, so that one of the two is always whole. */
  void write(Path file) throws IOException {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try (var out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(part)))) {
      out.writeInt(FORMAT);
      out.writeUTF(command.hex());
      write(out, weights.values());
      write(out, weights.first());
      write(out, weights.second());
      write(out, best.values());
      out.writeDouble(bestDice);
      out.writeInt(bestStep);
      out.writeDouble(seconds);
      out.writeInt(history.size());
      for (Progress one : history) {
        out.writeFloat(one.loss());
        out.writeFloat(one.rate());
        out.writeDouble(one.validationDice().orElse(Double.NaN));
        out.writeDouble(one.seconds());
      }
    }
    try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws Defect OTHER_TRAINING if it belongs to another command
   */
  static Checkpoint read(Path file, Sha256 command, int weights) throws IOException {
    try (var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      if (in.readInt() != FORMAT || !in.readUTF().equals(command.hex())) {
        throw new Defect(
            ReasonCode.OTHER_TRAINING,
            file.getParent()
                + " has an unfinished training of another data set, package or settings");
      }
      var state = new Weights(floats(in, weights), floats(in, weights), floats(in, weights));
      var best = Weights.initial(floats(in, weights));
      double bestDice = in.readDouble();
      int bestStep = in.readInt();
      double seconds = in.readDouble();
      int steps = in.readInt();
      List<Progress> history = new ArrayList<>();
      for (int step = 1; step <= steps; step++) {
        float loss = in.readFloat();
        float rate = in.readFloat();
        double dice = in.readDouble();
        history.add(
            new Progress(
                step,
                loss,
                rate,
                Double.isNaN(dice) ? OptionalDouble.empty() : OptionalDouble.of(dice),
                in.readDouble()));
      }
      return new Checkpoint(command, state, best, bestDice, bestStep, seconds, history);
    }
  }

  private static void write(DataOutputStream out, float[] values) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES);
    bytes.asFloatBuffer().put(values);
    out.write(bytes.array());
  }

  private static float[] floats(DataInputStream in, int count) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(in.readNBytes(count * Float.BYTES));
    var values = new float[count];
    bytes.asFloatBuffer().get(values);
    return values;
  }
}
