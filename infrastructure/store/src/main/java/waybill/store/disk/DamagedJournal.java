package waybill.store.disk;

import java.io.IOException;
import java.nio.file.Path;

/** The journal holds a record that is not what was written, with others after it. */
public final class DamagedJournal extends IOException {
  private static final long serialVersionUID = 1;

  DamagedJournal(Path file, long at) {
    super("The tables in " + file + " are damaged at byte " + at + ": choose another -Ddata, or restore that file");
  }
}
