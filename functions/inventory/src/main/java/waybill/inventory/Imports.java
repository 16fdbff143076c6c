package waybill.inventory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import waybill.messages.IdText;
import waybill.messages.StockImportId;
import waybill.messages.StockMessages.StockImportDue;
import waybill.platform.Backoff;
import waybill.platform.Json;
import waybill.platform.Outcome;
import waybill.platform.Ports;
import waybill.platform.Refused;
import waybill.platform.Stored;
import waybill.platform.Table;
import waybill.platform.Table.Key;

/**
 * The imports' records. A file is stored in parts before it is accepted, as no item holds all of it. Each request has parts of its own, so those that
 * are accepted are never those that another one forgets. They go once the last line is done.
 */
final class Imports {
  /** An item of so many lines is far below 400 KB, whatever their notes are. */
  static final int LINES_OF_A_PART = 100;
  private static final int MOST_SHOWN = 1_000;
  private static final String PART = "part#";
  private static final String REFUSED = "refused#";

  private final Table<StockImport> records;
  private final Table<Part> parts;
  private final Table<RefusedLine> refusals;
  private final Table<Content> contents;
  private final Table<Underway> underway;
  private final Transactions transactions;

  /** @param number from 0 */
  private record Part(StockImportId importId, String attempt, int number, List<ImportLine> lines) {
    Key key() {
      return new Key(importId.value(), "%s%s#%05d".formatted(PART, attempt, number));
    }
  }

  private record RefusedLine(StockImportId importId, int index, LineError error) {
    Key key() {
      return new Key(importId.value(), "%s%06d".formatted(REFUSED, index));
    }
  }

  /** Which import was the last of these lines. */
  private record Content(String digest, StockImportId latest) {
    static Key key(String digest) {
      return new Key("import-content#" + digest, "content");
    }
  }

  /** There are lines of a file: it may be accepted with them, is not done yet, or was not tidied up. */
  record Underway(StockImportId importId, String attempt) {
    private static final String ALL = "imports-underway";

    Key key() {
      return new Key(ALL, importId + "#" + attempt);
    }
  }

  Imports(Ports ports, String variable) {
    this.records = new Table<>(ports, variable, StockImport.class, it -> key(it.id()));
    this.parts = new Table<>(ports, variable, Part.class, Part::key);
    this.refusals = new Table<>(ports, variable, RefusedLine.class, RefusedLine::key);
    this.contents = new Table<>(ports, variable, Content.class, it -> Content.key(it.digest));
    this.underway = new Table<>(ports, variable, Underway.class, Underway::key);
    this.transactions = new Transactions(ports.dynamo());
  }

  private static Key key(StockImportId id) {
    return new Key(id.value(), "import");
  }

  static String content(List<ImportLine> lines) {
    return IdText.digest(lines.stream().map(Json::write).toArray(String[]::new));
  }

  Optional<Stored<StockImport>> find(StockImportId id) {
    return records.find(key(id));
  }

  /**
   * What was accepted under this key. Refused if that was another file, or if this very file was imported under another key.
   *
   * @param repeat whether the same lines may be imported once more
   */
  Outcome<Optional<Stored<StockImport>>> before(StockImportId id, String content, boolean repeat) {
    Optional<Stored<StockImport>> known = find(id);
    if (known.isPresent()) {
      return known.get().value().content().equals(content)
          ? Outcome.of(known)
          : Refused.of(Refused.Kind.INVALID, "idempotency_key_reused",
              "this Idempotency-Key was sent with another file; a new file needs a new key").outcome();
    }
    Optional<Stored<Content>> last = contents.find(Content.key(content));
    return last.isPresent() && !repeat
        ? Refused.conflict("already_imported",
            "these lines were imported already, under another Idempotency-Key; with repeat=true they are once more")
            .about("import_id", last.get().value().latest.value()).outcome()
        : Outcome.of(Optional.empty());
  }

  /** Keeps the lines of a file that is about to be accepted. @return empty if this very attempt has begun before */
  Optional<Stored<Underway>> keep(StockImport asked, List<ImportLine> lines) {
    Optional<Stored<Underway>> kept = underway.inserted(new Underway(asked.id(), asked.attempt()));
    if (kept.isEmpty()) {
      return kept;
    }
    for (int from = 0, number = 0; from < lines.size(); from += LINES_OF_A_PART, number++) {
      var part = new Part(asked.id(), asked.attempt(), number,
          lines.subList(from, Math.min(lines.size(), from + LINES_OF_A_PART)));
      // If it is there, the answer to its first write was lost.
      parts.insert(part);
    }
    return kept;
  }

  /**
   * Accepts a file whose lines are kept. If somebody else was faster, they are kept no longer.
   *
   * @param repeat whether the same lines may be imported once more; else nobody else may have imported them, not a moment ago either
   * @return false if somebody else was faster
   */
  boolean accept(StockImport asked, Stored<Underway> kept, boolean repeat) {
    var latest = new Content(asked.content(), asked.id());
    TransactWriteItem content = (repeat
        ? contents.find(Content.key(asked.content()))
        : Optional.<Stored<Content>>empty())
        .map(it -> contents.replacement(it, latest)).orElseGet(() -> contents.insertion(latest));
    boolean accepted = transactions
        .write(List.of(records.insertion(asked), content, underway.replacement(kept, kept.value())));
    // If the answer was lost the client wrote again, and lost against itself.
    if (!accepted && find(asked.id()).filter(it -> it.value().attempt().equals(asked.attempt())).isEmpty()) {
      forget(kept.value());
    }
    return accepted;
  }

  /** What does the next of its lines. */
  static StockImportDue due(StockImport it) {
    int next = Math.min(it.done(), it.lines() - 1);
    return new StockImportDue(it.id(), next / LINES_OF_A_PART * LINES_OF_A_PART);
  }

  /**
   * Files of which nothing was done since then: whoever should have gone on has died. Lines that were kept and not accepted by then, and those that are done, are
   * forgotten.
   */
  List<StockImport> standing(Instant since) {
    var standing = new ArrayList<StockImport>();
    for (Stored<Underway> it : underway.findAll(Underway.ALL, "")) {
      Optional<StockImport> known = find(it.value().importId).filter(file -> file.updatedAt().isBefore(since))
          .map(Stored::value);
      boolean isOurs = known.filter(file -> file.attempt().equals(it.value().attempt)).isPresent();
      if (isOurs && known.get().status() == StockImport.Status.IMPORTING) {
        standing.add(known.get());
      } else if (it.updatedAt().isBefore(since) && underway.replace(it, it.value())) {
        // Written first, so that it cannot be accepted any more, and whoever dies here is followed by the next.
        forget(it.value());
      }
    }
    return standing;
  }

  /** The line behind the last that can be done together with this one. */
  static int endOfPart(int index, int lines) {
    return Math.min(lines, (index / LINES_OF_A_PART + 1) * LINES_OF_A_PART);
  }

  /** The lines of a part. @param index of any of its lines; nothing if the file is done meanwhile */
  List<ImportLine> part(StockImport it, int index) {
    return parts.find(new Part(it.id(), it.attempt(), index / LINES_OF_A_PART, List.of()).key())
        .map(found -> found.value().lines).orElse(List.of());
  }

  /** The progress that a line is, to be written together with what the line does. */
  TransactWriteItem progress(Stored<StockImport> current, StockImport next) {
    return records.replacement(current, next);
  }

  /** The next line cannot be done. @return false if somebody else has gone on with the file */
  boolean refuse(Stored<StockImport> current, LineError error) {
    return transactions.write(List.of(progress(current, current.value().withRefusal()),
        refusals.insertion(new RefusedLine(current.value().id(), current.value().done(), error))));
  }

  /** Of the lines that could not be done, the first. */
  List<LineError> refusals(StockImport it) {
    return it.refused() == 0
        ? List.of()
        : refusals.between(it.id().value(), REFUSED, REFUSED + "~", true, MOST_SHOWN).stream()
            .map(found -> found.value().error).toList();
  }

  /** All is done: the lines are not needed any more. */
  void end(StockImport it) {
    forget(new Underway(it.id(), it.attempt()));
  }

  /** What a conflict was in the way of is removed again: without its sign nobody would find it any more. */
  private void forget(Underway it) {
    var backoff = new Backoff();
    while (parts.findAll(it.importId.value(), PART + it.attempt + "#").stream().map(parts::remove).toList()
        .contains(false)) {
      if (!backoff.again()) {
        throw new Table.Contended(it.importId.value());
      }
    }
    underway.find(it.key()).ifPresent(underway::remove);
  }
}
