package waybill.local.machine;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * The folder in which a cloud keeps what must survive its process, however that ends, and the lock that makes it the only
 * cloud there. The system takes the lock back when the process dies.
 */
public final class Data implements AutoCloseable {
  private static final String LOCK = "lock";

  private final Path folder;
  private final FileChannel channel;

  private Data(Path folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  /** Whether a cloud has been on this folder. */
  public static boolean isUsed(Path folder) {
    return Files.exists(folder.resolve(LOCK));
  }

  /** @throws IllegalStateException when a cloud runs on this folder already */
  public static Data open(Path folder) throws IOException {
    Files.createDirectories(folder);
    FileChannel channel = FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (!locked(channel)) {
      channel.close();
      throw new IllegalStateException(
          "Another embedded cloud runs on the data in " + folder + ": stop it, or choose another -Ddata.");
    }
    return new Data(folder, channel);
  }

  private static boolean locked(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException _) {
      return false; // by this very process
    }
  }

  public Path folder() {
    return folder;
  }

  public Path file(String name) {
    return folder.resolve(name);
  }

  public Optional<String> read(String name) throws IOException {
    Path file = file(name);
    return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
  }

  /** Replaces a small file as a whole: whoever dies meanwhile leaves the old text or the new one. */
  public void write(String name, String text) throws IOException {
    Path fresh = file(name + ".new");
    Files.write(fresh, text.getBytes(StandardCharsets.UTF_8));
    Files.move(fresh, file(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
