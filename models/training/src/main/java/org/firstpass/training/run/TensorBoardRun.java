package org.firstpass.training.run;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.UnknownFieldSet.Field;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.zip.CRC32C;

/**
 * A training as a run that TensorBoard shows: what it was told as text, loss, rate and Dice by
 * step. The run is a folder below that of the package's name; the same command is the same run,
 * also after a kill.
 *
 * @see <a
 *     href="https://github.com/tensorflow/tensorboard/blob/master/tensorboard/compat/proto/event.proto">event.proto</a>
 *     and summary.proto beside it
 * @see <a href="https://www.tensorflow.org/tutorials/load_data/tfrecord">the frame of a record</a>
 */
final class TensorBoardRun {
  private static final int CHECK_DELTA = 0xa282ead8;
  private static final int RUN_LETTERS = 12;

  // Fields of Event
  private static final int WALL_TIME = 1;
  private static final int STEP = 2;
  private static final int FILE_VERSION = 3;
  private static final int SUMMARY = 5;

  // Fields of Summary.Value
  private static final int TAG = 1;
  private static final int SIMPLE_VALUE = 2;
  private static final int TENSOR = 8;
  private static final int METADATA = 9;

  // Fields of TensorProto, and its type of strings
  private static final int TYPE = 1;
  private static final int TEXTS = 8;
  private static final int STRING = 7;

  private final Path file;
  private final Instant started;

  /**
   * @param folder TensorBoard's {@code --logdir}
   * @param command the digest of what is trained, which names the run
   * @param started when the first step was made
   */
  TensorBoardRun(Path folder, String name, String command, Instant started) {
    String run = command.substring(0, RUN_LETTERS);
    this.file = folder.resolve(name).resolve(run).resolve("events.out.tfevents.1.firstpass");
    this.started = started;
  }

  /** Writes all that is known so far, over what was written before. */
  void write(Map<String, String> parameters, List<Progress> history) throws IOException {
    var bytes = new ByteArrayOutputStream();
    record(bytes, event(0, 0).addField(FILE_VERSION, text("brain.Event:2")));
    record(bytes, summary(0, 0, texts(parameters)));
    for (Progress one : history) {
      record(bytes, scalar(one, "loss", one.loss()));
      record(bytes, scalar(one, "learning_rate", one.rate()));
      one.validationDice()
          .ifPresent(dice -> record(bytes, scalar(one, "validation_dice", (float) dice)));
    }
    Files.createDirectories(file.getParent());
    Files.write(file, bytes.toByteArray());
  }

  private UnknownFieldSet.Builder scalar(Progress at, String tag, float value) {
    return summary(
        at.step(),
        at.seconds(),
        UnknownFieldSet.newBuilder()
            .addField(TAG, text(tag))
            .addField(
                SIMPLE_VALUE,
                Field.newBuilder().addFixed32(Float.floatToRawIntBits(value)).build()));
  }

  private static UnknownFieldSet.Builder texts(Map<String, String> parameters) {
    String table =
        new TreeMap<>(parameters)
            .entrySet().stream()
                .map(each -> "| " + each.getKey() + " | " + each.getValue() + " |\n")
                .collect(Collectors.joining("", "| | |\n|---|---|\n", ""));
    return UnknownFieldSet.newBuilder()
        .addField(TAG, text("training"))
        .addField(
            TENSOR,
            message(
                UnknownFieldSet.newBuilder()
                    .addField(TYPE, Field.newBuilder().addVarint(STRING).build())
                    .addField(TEXTS, text(table))))
        .addField(
            METADATA,
            message(
                UnknownFieldSet.newBuilder()
                    .addField(1, message(UnknownFieldSet.newBuilder().addField(1, text("text"))))));
  }

  private UnknownFieldSet.Builder summary(int step, double seconds, UnknownFieldSet.Builder value) {
    return event(step, seconds)
        .addField(SUMMARY, message(UnknownFieldSet.newBuilder().addField(1, message(value))));
  }

  private UnknownFieldSet.Builder event(int step, double seconds) {
    double wall = started.toEpochMilli() / 1000.0 + seconds;
    return UnknownFieldSet.newBuilder()
        .addField(
            WALL_TIME, Field.newBuilder().addFixed64(Double.doubleToRawLongBits(wall)).build())
        .addField(STEP, Field.newBuilder().addVarint(step).build());
  }

  private static Field text(String text) {
    return Field.newBuilder().addLengthDelimited(ByteString.copyFromUtf8(text)).build();
  }

  private static Field message(UnknownFieldSet.Builder message) {
    return Field.newBuilder().addLengthDelimited(message.build().toByteString()).build();
  }

  private static void record(ByteArrayOutputStream to, UnknownFieldSet.Builder event) {
    byte[] data = event.build().toByteArray();
    byte[] length = littleEndian(Long.BYTES).putLong(data.length).array();
    to.writeBytes(length);
    to.writeBytes(check(length));
    to.writeBytes(data);
    to.writeBytes(check(data));
  }

  private static byte[] check(byte[] bytes) {
    var check = new CRC32C();
    check.update(bytes);
    int turned = Integer.rotateRight((int) check.getValue(), 15);
    return littleEndian(Integer.BYTES).putInt(turned + CHECK_DELTA).array();
  }

  private static ByteBuffer littleEndian(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
