package waybill.local;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Builds a project folder as the build leaves it: the template, and zips with the fixture's handlers. */
final class FixtureZips {
  private static final List<String> NOT_FOR_FUNCTIONS = List.of("pinpoint", "cognito", "netty", "aws-java-sdk",
      "sdk/ses",
      "sdk/ssm", "sdk/dynamodb", "jackson-datatype", "jackson-dataformat");

  private FixtureZips() {}

  static Path project(Path folder) throws IOException {
    try (var template = FixtureZips.class.getResourceAsStream("/template.yaml")) {
      Files.copy(template, folder.resolve("template.yaml"));
    }
    Path library = folder.resolve("shared.jar");
    zip(library, "waybill/local/fixture/shared/", List.of());
    for (String module : List.of("first", "second")) {
      Path target = Files.createDirectories(folder.resolve(module + "/target"));
      Path own = folder.resolve(module + ".jar"); // differs by its name and by nothing else would be shared
      zip(own, "waybill/local/fixture/" + (module.equals("first") ? "Tick" : "Count"), List.of());
      zip(target.resolve("function.zip"), "waybill/local/fixture/",
          Stream.concat(Stream.of(library, own), libraries()).toList());
    }
    return folder.resolve("template.yaml");
  }

  /** What a function's module would have on its classpath. */
  private static Stream<Path> libraries() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(it -> it.endsWith(".jar"))
        .filter(it -> it.matches(
            ".*(software/amazon|reactive-streams|slf4j-api|httpcomponents|commons-logging|commons-codec|jackson).*"))
        .filter(it -> NOT_FOR_FUNCTIONS.stream().noneMatch(it::contains)).map(Path::of);
  }

  private static void zip(Path to, String prefix, List<Path> libraries) throws IOException {
    Path classes = classes();
    try (OutputStream out = Files.newOutputStream(to);
        ZipOutputStream zip = new ZipOutputStream(out);
        Stream<Path> files = Files.walk(classes)) {
      zip.setLevel(1);
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        String name = classes.relativize(file).toString().replace('\\', '/');
        boolean shared = name.contains("/shared/");
        if (name.startsWith(prefix) && shared == prefix.contains("/shared/")) {
          add(zip, name, file);
        }
      }
      for (Path library : libraries) {
        add(zip, "lib/" + library.getFileName(), library);
      }
    }
  }

  private static void add(ZipOutputStream zip, String name, Path file) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setTime(0);
    zip.putNextEntry(entry);
    Files.copy(file, zip);
    zip.closeEntry();
  }

  private static Path classes() {
    URL root = FixtureZips.class.getProtectionDomain().getCodeSource().getLocation();
    try {
      return Path.of(root.toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
