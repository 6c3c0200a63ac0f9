package org.firstpass.standalone;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.firstpass.dicom.DicomPeer;
import org.firstpass.dicom.SendReport;
import org.firstpass.dicom.StorageScu;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Sends DICOM files to a gateway or any other storage SCP. */
@Command(
    name = "send",
    mixinStandardHelpOptions = true,
    description = "Send DICOM files to a gateway or any other storage SCP (C-STORE).")
final class SendCommand implements Callable<Integer> {
  @Parameters(
      arity = "1..*",
      paramLabel = "<file or folder>",
      description = "What to send; folders are walked.")
  List<Path> sources = List.of();

  @Option(names = "--host", defaultValue = "127.0.0.1", description = "Default: ${DEFAULT-VALUE}")
  String host = "";

  @Option(names = "--port", defaultValue = "11112", description = "Default: ${DEFAULT-VALUE}")
  int port;

  @Option(
      names = "--called",
      defaultValue = "FIRSTPASS",
      description = "AE title of the receiver. Default: ${DEFAULT-VALUE}")
  String called = "";

  @Option(
      names = "--calling",
      defaultValue = "FIRSTPASS_SCU",
      description = "AE title of the sender. Default: ${DEFAULT-VALUE}")
  String calling = "";

  @Option(
      names = "--associations",
      defaultValue = "2",
      description = "How many at a time. Default: ${DEFAULT-VALUE}")
  int associations;

  @Mixin TlsOptions tls = new TlsOptions();

  @Override
  public Integer call() throws IOException {
    List<Path> files = DicomFiles.below(sources);
    if (files.isEmpty()) {
      throw new CommandFailed("there is no file under " + sources);
    }
    PrintStream out = System.out;
    DicomPeer peer = tls.reach(new DicomPeer(host, port, called, calling));
    SendReport report;
    try (var progress = new Progress("Sending", files.size(), out)) {
      report = StorageScu.send(peer, files, associations, progress::to);
    }
    out.println("stored " + report.stored() + " of " + files.size() + " instances at " + called);
    report
        .failures()
        .forEach(
            failure ->
                out.println(
                    "  not stored: %s [%s] %s"
                        .formatted(failure.file(), failure.code().code(), failure.reason())));
    return report.isComplete() ? 0 : 1;
  }
}
