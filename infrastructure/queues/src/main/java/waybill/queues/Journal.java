package waybill.queues;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * What happened to the queues, a line of JSON for each change. A line is the system's before the change is answered, so the death of
 * the process loses nothing that was answered; a loss of power may.
 */
final class Journal implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** Not a channel: an interrupt of the thread that writes would close that. */
  private final FileOutputStream file;

  private Journal(FileOutputStream file) {
    this.file = file;
  }

  static ObjectNode line(String what) {
    return JSON.createObjectNode().put("what", what);
  }

  /** Reads what is there. A last line without its end was never answered, so it is left out. */
  static void read(Path file, Consumer<JsonNode> reader) throws IOException {
    byte[] bytes = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
    int start = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        reader.accept(JSON.readTree(Arrays.copyOfRange(bytes, start, i)));
        start = i + 1;
      }
    }
  }

  /**
   * Starts a journal that holds what is there now, without its history. Until it is whole the one before it stays.
   *
   * @param state writes the lines of what is there now
   */
  static Journal start(Path file, Consumer<Journal> state) throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    var journal = new Journal(new FileOutputStream(fresh.toFile()));
    state.accept(journal);
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    return journal;
  }

  void append(ObjectNode line) {
    try {
      byte[] json = JSON.writeValueAsBytes(line);
      byte[] whole = Arrays.copyOf(json, json.length + 1);
      whole[json.length] = '\n';
      file.write(whole);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
