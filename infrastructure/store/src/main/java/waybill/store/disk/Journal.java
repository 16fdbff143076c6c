package waybill.store.disk;

import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import waybill.store.Declaration;
import waybill.store.Store;
import waybill.wire.Durability;

/**
 * A file with a record for each call that changed something, in the order of the calls. The first thread that waits for
 * durability writes and syncs what all threads have appended until then, so that many calls share one sync. Opening replaces
 * the journal by one that holds only what is there.
 */
public final class Journal implements Durability, AutoCloseable {
  /** Not a channel: an interrupt of the thread that writes would close that. */
  private final FileOutputStream file;
  private final Lock lock = new ReentrantLock();
  private final Condition synced = lock.newCondition();
  // What follows is guarded by the lock.
  private ByteArrayOutputStream pending = new ByteArrayOutputStream();
  private long appended;
  private long durable;
  private boolean isSyncing;
  private IOException failure;

  private Journal(FileOutputStream file) {
    this.file = file;
  }

  /**
   * Reads the journal into an empty store, and from then on writes each change of the store to it.
   *
   * @throws DamagedJournal if a record that was synced cannot be read
   */
  public static Journal open(Path path, Store store) throws IOException {
    if (Files.exists(path)) {
      Records.read(path, it -> Entries.replay(it, store));
    }
    Path fresh = path.resolveSibling(path.getFileName() + ".new");
    var file = new FileOutputStream(fresh.toFile());
    try {
      var journal = new Journal(file);
      store.declared().forEach(it -> journal.append(it, store));
      journal.sync(journal.taken());
      Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      syncFolder(path.toAbsolutePath().getParent());
      store.onDeclaration(it -> journal.append(Entries.declared(it)));
      store.onWrite(it -> journal.append(Entries.changed(it)));
      return journal;
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  /** So that the file's name survives a crash of the machine too. */
  private static void syncFolder(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private void append(CreateTableRequest table, Store store) {
    append(Entries.declared(new Declaration.Created(table)));
    Optional<String> expiresBy = store.expiresBy(table.tableName());
    if (expiresBy.isPresent()) {
      append(Entries.declared(new Declaration.Expiring(table.tableName(), expiresBy)));
    }
    store.items(table.tableName()).forEach(it -> append(Entries.put(table.tableName(), it)));
  }

  private void append(byte[] record) {
    lock.lock();
    try {
      pending.writeBytes(Records.framed(record));
      appended++;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void await() throws IOException, InterruptedException {
    lock.lockInterruptibly();
    try {
      long until = appended;
      while (failure == null && durable < until) {
        if (isSyncing) {
          synced.await();
        } else {
          syncOthersToo();
        }
      }
      if (failure != null) {
        throw new IOException("The journal of the tables cannot be written", failure);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Lets go of the lock meanwhile, so that others can append what the next sync takes. */
  private void syncOthersToo() {
    long until = appended;
    byte[] records = taken();
    isSyncing = true;
    lock.unlock();
    IOException failed = null;
    try {
      sync(records);
    } catch (IOException e) {
      failed = e;
    } finally {
      lock.lock();
      isSyncing = false;
    }
    if (failed == null) {
      durable = until;
    } else {
      failure = failed;
    }
    synced.signalAll();
  }

  private byte[] taken() {
    byte[] records = pending.toByteArray();
    pending = new ByteArrayOutputStream();
    return records;
  }

  private void sync(byte[] records) throws IOException {
    file.write(records);
    file.getFD().sync();
  }

  @Override
  public void close() throws IOException {
    try {
      await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      file.close();
    }
  }
}
