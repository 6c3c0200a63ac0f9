package org.firstpass.standalone;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.firstpass.dataset.register.DatasetRegister;
import org.firstpass.dataset.register.RegisteredVersion;
import org.firstpass.dataset.register.VersionDifference;
import org.firstpass.event.PackageReference;
import org.firstpass.model.ModelCatalogue;
import org.firstpass.model.ModelPackage;
import org.firstpass.study.Sha256;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What is known of the data sets that were made here. */
final class DatasetRegisterCommand {
  private static final int SHORT_HASH = 12;

  private DatasetRegisterCommand() {}

  /** Shows all. */
  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Show the data sets that were made here, the newest first.")
  static final class Listing implements Callable<Integer> {
    @Mixin InstallationOptions installation = new InstallationOptions();

    @Override
    public Integer call() {
      with(installation, register -> register.versions().forEach(Listing::print));
      return 0;
    }

    private static void print(RegisteredVersion version) {
      System.out.println(
          "%s  %-24s %-10s %6d cases  %s%s"
              .formatted(
                  version.hash().hex().substring(0, SHORT_HASH),
                  version.name(),
                  version.format(),
                  version.cases(),
                  version.made(),
                  version.tombstoned().isPresent() ? "  patients erased since" : ""));
    }
  }

  /** Shows one. */
  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "Show a data set: where it is, what was made of it; its manifest, if asked.")
  static final class Show implements Callable<Integer> {
    @Mixin InstallationOptions installation = new InstallationOptions();

    @Parameters(paramLabel = "<hash>", description = "The beginning of its manifest's hash.")
    String hash = "";

    @Option(names = "--manifest", description = "Print the manifest and nothing else.")
    boolean manifest;

    @Override
    public Integer call() {
      with(
          installation,
          register -> {
            RegisteredVersion version = one(register, hash);
            if (manifest) {
              System.out.print(text(register, version));
            } else {
              print(version);
            }
          });
      return 0;
    }

    private static void print(RegisteredVersion version) {
      System.out.println("manifest   " + version.hash());
      System.out.println("name       " + version.name() + ", " + version.format());
      System.out.println("made       " + version.made() + ", " + version.cases() + " cases");
      version.parent().ifPresent(parent -> System.out.println("shares     files of " + parent));
      version
          .tombstoned()
          .ifPresent(since -> System.out.println("erased     patients, first at " + since));
      version.folders().forEach(folder -> System.out.println("folder     " + folder));
      version
          .packages()
          .forEach(one -> System.out.println("package    " + one.name() + " " + one.version()));
    }
  }

  /** Compares two. */
  @Command(
      name = "diff",
      mixinStandardHelpOptions = true,
      description = "Show which cases a data set has that another has not.")
  static final class Diff implements Callable<Integer> {
    @Mixin InstallationOptions installation = new InstallationOptions();

    @Parameters(index = "0", paramLabel = "<from>", description = "The beginning of a hash.")
    String from = "";

    @Parameters(index = "1", paramLabel = "<to>", description = "The beginning of a hash.")
    String to = "";

    @Override
    public Integer call() {
      with(
          installation,
          register ->
              print(
                  VersionDifference.between(
                      bytes(register, one(register, from)), bytes(register, one(register, to)))));
      return 0;
    }

    private static void print(VersionDifference difference) {
      print("added", difference.added());
      print("removed", difference.removed());
      print("relabelled", difference.relabelled());
      print("moved", difference.moved());
      System.out.println(difference.same() + " cases are the same");
    }

    private static void print(String what, List<String> names) {
      names.forEach(name -> System.out.println("%-10s %s".formatted(what, name)));
    }
  }

  /** Notes what was made of one. */
  @Command(
      name = "used-by",
      mixinStandardHelpOptions = true,
      description = {
        "Note that a model package was trained on a data set,",
        "so that an erasure finds the package."
      })
  static final class UsedBy implements Callable<Integer> {
    @Mixin InstallationOptions installation = new InstallationOptions();

    @Parameters(index = "0", paramLabel = "<hash>", description = "The beginning of its hash.")
    String hash = "";

    @Parameters(index = "1", paramLabel = "<package>@<version>", description = "A package here.")
    String madeOfIt = "";

    @Override
    public Integer call() {
      PackageReference reference = reference();
      with(
          installation,
          register -> {
            RegisteredVersion version = one(register, hash);
            register.noteUse(version.hash(), reference);
            System.out.println(madeOfIt + " was made of data set " + version.hash());
          });
      return 0;
    }

    private PackageReference reference() {
      int at = madeOfIt.lastIndexOf('@');
      if (at < 1) {
        throw new CommandFailed("a package is named as name@version, not '" + madeOfIt + "'");
      }
      String name = madeOfIt.substring(0, at);
      String version = madeOfIt.substring(at + 1);
      List<Path> folders = Configuration.of(installation.folder()).servedModels();
      ModelPackage found =
          ModelCatalogue.load(folders)
              .find(name, version)
              .orElseThrow(
                  () -> new CommandFailed("there is no package " + madeOfIt + " in " + folders));
      return new PackageReference(name, version, found.digest());
    }
  }

  static void with(InstallationOptions installation, Consumer<DatasetRegister> work) {
    try (var infrastructure = Infrastructure.join(Configuration.of(installation.folder()))) {
      work.accept(new DatasetRegister(infrastructure.database()));
    }
  }

  private static RegisteredVersion one(DatasetRegister register, String beginning) {
    List<RegisteredVersion> found = register.find(beginning);
    if (found.size() != 1) {
      throw new CommandFailed(
          found.size() + " data sets have a hash that begins with '" + beginning + "'");
    }
    return found.get(0);
  }

  private static byte[] bytes(DatasetRegister register, RegisteredVersion version) {
    Sha256 hash = version.hash();
    return register
        .manifest(hash)
        .orElseThrow(() -> new CommandFailed("there is no manifest of data set " + hash));
  }

  private static String text(DatasetRegister register, RegisteredVersion version) {
    return new String(bytes(register, version), StandardCharsets.UTF_8);
  }
}
