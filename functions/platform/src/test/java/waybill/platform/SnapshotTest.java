package waybill.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.crac.Core;
import org.junit.jupiter.api.Test;

class SnapshotTest {
  private final List<String> read = new ArrayList<>();

  @Test
  void whatIsPrimedIsReadOnceBeforeTheSnapshotAndNothingIsLogged() {
    Snapshot snapshot = Snapshot.prime(_ -> null, () -> read.add("priming"));
    assertThat(read).isEmpty();

    List<String> told = new Lines().of(() -> take(snapshot));

    assertThat(read).containsExactly("priming");
    assertThat(told).isEmpty();
  }

  @Test
  void aReadThatFailsIsLoggedAndDoesNotKeepTheFunctionFromBeingDeployed() {
    Snapshot snapshot = Snapshot.prime(_ -> null, () -> {
      throw new IllegalStateException("the table is away");
    });

    assertThat(new Lines().of(() -> take(snapshot))).singleElement().asString().contains("the table is away");
  }

  private static void take(Snapshot snapshot) {
    try {
      snapshot.beforeCheckpoint(Core.getGlobalContext());
      snapshot.afterRestore(Core.getGlobalContext());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
