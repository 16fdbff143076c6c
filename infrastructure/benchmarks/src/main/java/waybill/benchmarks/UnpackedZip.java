package waybill.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** A zip as Lambda lays it out before it starts a function: classes at the root, libraries in {@code lib/}. */
final class UnpackedZip implements AutoCloseable {
  private final Path folder;

  private UnpackedZip(Path folder) {
    this.folder = folder;
  }

  static UnpackedZip of(Path zip) throws IOException {
    var unpacked = new UnpackedZip(Files.createTempDirectory("waybill-zip"));
    unpacked.take(zip, "");
    return unpacked;
  }

  /**
   * Some of our own classes as if they were a function's.
   *
   * @param libraries the zip whose libraries they have; null for none
   */
  static UnpackedZip of(List<Class<?>> classes, Path libraries) throws IOException {
    var unpacked = new UnpackedZip(Files.createTempDirectory("waybill-zip"));
    if (libraries != null) {
      unpacked.take(libraries, "lib/");
    }
    for (Class<?> type : classes) {
      String file = type.getName().replace('.', '/') + ".class";
      try (InputStream compiled = type.getResourceAsStream("/" + file)) {
        unpacked.write(file, compiled);
      }
    }
    return unpacked;
  }

  private void take(Path zip, String prefix) throws IOException {
    try (ZipFile file = new ZipFile(zip.toFile())) {
      for (ZipEntry entry : file.stream().filter(it -> !it.isDirectory() && it.getName().startsWith(prefix)).toList()) {
        write(entry.getName(), file.getInputStream(entry));
      }
    }
  }

  private void write(String file, InputStream content) throws IOException {
    Files.createDirectories(folder.resolve(file).getParent());
    Files.copy(content, folder.resolve(file));
  }

  Path folder() {
    return folder;
  }

  @Override
  public void close() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(it -> {
        try {
          Files.delete(it);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      });
    }
  }
}
