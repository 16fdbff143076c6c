package waybill.store.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import waybill.store.Store;

class JournalTest {
  @TempDir
  Path folder;

  @Test
  void aStoreIsReadBackAsItWas() throws Exception {
    var everything = item("a", Map.of("b", AttributeValue.fromB(SdkBytes.fromUtf8String("é")), "t",
        AttributeValue.fromBool(true), "nul", AttributeValue.fromNul(true), "l",
        AttributeValue.fromL(List.of(AttributeValue.fromN("1.5"), AttributeValue.fromM(Map.of()))), "ss",
        AttributeValue.fromSs(List.of("x", "\uD83C\uDF81")), "ns", AttributeValue.fromNs(List.of("1", "2")), "kind",
        AttributeValue.fromS("k")));
    try (Used used = open()) {
      used.store.create(table("things"));
      used.store.create(table("gone"));
      used.store.expireBy("things", Optional.of("at"));
      put(used.store, "things", everything);
      put(used.store, "things", item("b", Map.of()));
      put(used.store, "gone", item("b", Map.of()));
      used.store.deleteItem(DeleteItemRequest.builder().tableName("things").key(key("b")).build());
      used.store.drop("gone");
      used.journal.await();
    }

    for (int opened = 0; opened < 2; opened++) { // as it was appended, and as opening made it anew
      try (Used used = open()) {
        assertThat(used.store.declared()).containsExactly(table("things"));
        assertThat(used.store.expiresBy("things")).contains("at");
        assertThat(used.store.items("things")).containsExactly(everything);
      }
    }
  }

  @Test
  void openingLeavesOnlyWhatThereIs() throws Exception {
    try (Used used = open()) {
      used.store.create(table("things"));
      for (int i = 0; i < 1000; i++) {
        put(used.store, "things", item("a", Map.of("n", AttributeValue.fromN("" + i))));
      }
    }
    long before = Files.size(file());

    open().close();

    assertThat(Files.size(file())).isLessThan(before / 100);
    assertThat(folder).isDirectoryContaining("glob:**/tables").isDirectoryNotContaining("glob:**/*.new");
  }

  /** As a process leaves it that is killed while it writes. */
  @Test
  void aTornTailIsForgottenWithAllOfItsCallAndNothingElse() throws Exception {
    long whole;
    try (Used used = open()) {
      used.store.create(table("things"));
      put(used.store, "things", item("a", Map.of()));
      used.journal.await();
      whole = Files.size(file());
      used.store.transactWriteItems(TransactWriteItemsRequest.builder()
          .transactItems(IntStream.range(0, 3).mapToObj(
              it -> TransactWriteItem.builder().put(put -> put.tableName("things").item(item("t" + it, Map.of())))
                  .build())
              .toList())
          .build());
    }
    byte[] all = Files.readAllBytes(file());
    for (int length = (int) whole; length < all.length; length++) {
      Files.write(file(), Arrays.copyOf(all, length));
      try (Used used = open()) {
        assertThat(used.store.items("things")).as("%d of %d bytes", length, all.length)
            .containsExactly(item("a", Map.of()));
        put(used.store, "things", item("later", Map.of()));
      }
      try (Used used = open()) {
        assertThat(used.store.items("things")).containsExactly(item("a", Map.of()), item("later", Map.of()));
      }
    }
    all[all.length - 1] ^= 1; // the last sector did not reach the disk
    Files.write(file(), all);
    try (Used used = open()) {
      assertThat(used.store.items("things")).hasSize(1);
    }
  }

  @Test
  void damageBeforeTheTailIsNotTakenForATornTail() throws Exception {
    try (Used used = open()) {
      used.store.create(table("things"));
      put(used.store, "things", item("a", Map.of()));
    }
    byte[] all = Files.readAllBytes(file());
    all[20] ^= 1;
    Files.write(file(), all);

    assertThatExceptionOfType(DamagedJournal.class).isThrownBy(this::open)
        .withMessage("The tables in " + file() + " are damaged at byte 0: choose another -Ddata, or restore that file");
    assertThat(Files.readAllBytes(file())).as("left as it was").isEqualTo(all);
  }

  @Test
  void whatManyThreadsWereAnsweredIsOnDiskBeforeTheJournalIsClosed() throws Exception {
    Set<String> answered = ConcurrentHashMap.newKeySet();
    Path copy = folder.resolve("copy");
    try (Used used = open(); ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
      used.store.create(table("things"));
      List<? extends Future<?>> writers = IntStream.range(0, 8).mapToObj(writer -> pool.submit(() -> {
        for (int i = 0; i < 50; i++) {
          String key = writer + "-" + i;
          put(used.store, "things", item(key, Map.of()));
          used.journal.await();
          answered.add(key);
        }
        return null;
      })).toList();
      while (answered.size() < 200) {
        Thread.onSpinWait();
      }
      Set<String> until = Set.copyOf(answered);
      Files.copy(file(), copy);
      var copied = new Store(List.of());
      Journal.open(copy, copied).close();
      assertThat(copied.items("things")).extracting(it -> it.get("pk").s()).containsAll(until);
      for (Future<?> writer : writers) {
        writer.get();
      }
    }
    try (Used used = open()) {
      assertThat(used.store.items("things")).hasSize(400);
    }
  }

  /** A store with its journal. */
  private record Used(Store store, Journal journal) implements AutoCloseable {
    @Override
    public void close() throws IOException {
      journal.close();
    }
  }

  private Used open() throws IOException {
    var store = new Store(List.of());
    return new Used(store, Journal.open(file(), store));
  }

  private Path file() {
    return folder.resolve("tables");
  }

  private static void put(Store store, String table, Map<String, AttributeValue> item) {
    store.putItem(PutItemRequest.builder().tableName(table).item(item).build());
  }

  private static Map<String, AttributeValue> item(String pk, Map<String, AttributeValue> more) {
    var item = new java.util.HashMap<>(more);
    item.put("pk", AttributeValue.fromS(pk));
    return item;
  }

  private static Map<String, AttributeValue> key(String pk) {
    return Map.of("pk", AttributeValue.fromS(pk));
  }

  @SuppressWarnings("unchecked") // a list of builders
  private static CreateTableRequest table(String name) {
    return CreateTableRequest.builder().tableName(name)
        .attributeDefinitions(it -> it.attributeName("pk").attributeType("S"),
            it -> it.attributeName("kind").attributeType("S"))
        .keySchema(it -> it.attributeName("pk").keyType(KeyType.HASH))
        .globalSecondaryIndexes(it -> it.indexName("by_kind")
            .keySchema(key -> key.attributeName("kind").keyType(KeyType.HASH))
            .projection(projection -> projection.projectionType(ProjectionType.ALL)))
        .build();
  }
}
