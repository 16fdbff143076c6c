package waybill.local.mail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.function.Consumer;
import waybill.local.machine.Json;

/** Mails on disk, a line of JSON for each. */
public final class MailFile implements AutoCloseable {
  private final FileChannel channel;

  /** Reads what is there, the oldest first. A last line without its end was never answered, so it goes. */
  public MailFile(Path file, Consumer<Mail> reader) throws IOException {
    byte[] bytes = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
    int start = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        reader.accept(Mail.of(Json.read(Arrays.copyOfRange(bytes, start, i))));
        start = i + 1;
      }
    }
    this.channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    channel.truncate(start).position(start);
  }

  /** When this returns the mail is the system's, so the death of this process does not take it away. */
  public synchronized void append(Mail mail) {
    byte[] json = Json.bytes(mail.json());
    ByteBuffer line = ByteBuffer.allocate(json.length + 1).put(json).put((byte) '\n').flip();
    try {
      while (line.hasRemaining()) {
        channel.write(line);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
