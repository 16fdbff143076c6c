package waybill.store.disk;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/** Records in a file, each behind its length and its checksum. */
final class Records {
  private static final int HEAD_BYTES = 8;

  private Records() {}

  /** Takes one record. */
  interface Reader {
    void read(byte[] record) throws IOException;
  }

  static byte[] framed(byte[] record) {
    return ByteBuffer.allocate(HEAD_BYTES + record.length).putInt(record.length).putInt(checksum(record)).put(record)
        .array();
  }

  private static int checksum(byte[] record) {
    var checksum = new CRC32C();
    checksum.update(record);
    return (int) checksum.getValue();
  }

  /**
   * Reads all records but one at the end that was written only in part: nobody was answered on it.
   *
   * @throws DamagedJournal if something else is wrong
   */
  static void read(Path file, Reader reader) throws IOException {
    long left = Files.size(file);
    try (InputStream bytes = Files.newInputStream(file);
        var in = new DataInputStream(new BufferedInputStream(bytes, 1 << 16))) {
      while (left >= HEAD_BYTES) {
        int length = in.readInt();
        int checksum = in.readInt();
        left -= HEAD_BYTES;
        if (length < 0 || length > left) {
          return;
        }
        byte[] record = in.readNBytes(length);
        left -= length;
        if (checksum(record) == checksum) {
          reader.read(record);
        } else if (left > 0) {
          throw new DamagedJournal(file, Files.size(file) - left - length - HEAD_BYTES);
        }
      }
    }
  }
}
