package org.firstpass.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;

/** A command line, run in this process, and what came of it. Not for tests side by side. */
record CommandLineRun(int status, String out, String err) {

  static CommandLineRun of(String... arguments) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    PrintStream formerOut = System.out;
    PrintStream formerErr = System.err;
    System.setOut(new PrintStream(out, true, UTF_8));
    System.setErr(new PrintStream(err, true, UTF_8));
    int status;
    try {
      status = Firstpass.commandLine().execute(arguments);
    } finally {
      System.setOut(formerOut);
      System.setErr(formerErr);
    }
    return new CommandLineRun(status, out.toString(UTF_8), err.toString(UTF_8));
  }

  static CommandLineRun of(List<String> arguments) {
    return of(arguments.toArray(String[]::new));
  }
}
