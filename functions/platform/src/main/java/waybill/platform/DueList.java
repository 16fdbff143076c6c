package waybill.platform;

import java.time.Instant;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import waybill.platform.Table.Key;
import waybill.platform.Table.Listed;

/**
 * A sparse index of what must be looked at from some time on, by that time. A record is listed in the same write that makes it due
 * and leaves the list in the write that settles it, so a list is as long as what is unsettled, and a sweep reads nothing else.
 *
 * @param index its name, which is also its partition attribute
 * @param name of the list, in the partition attribute
 * @param parts into how many partitions it is spread; more than 1 if every record is listed, as a partition takes a thousand
 *     writes a second
 */
public record DueList(String index, String name, int parts) {

  /** The index attributes of a record. @param id by which records are spread */
  public Map<String, String> entry(Object id, Instant due) {
    return Map.of(index, part(Math.floorMod(id.toString().hashCode(), parts)), index + "_range", TimeKey.of(due));
  }

  /**
   * The keys of what is due by then, the longest due first in each part. The index may be a moment late.
   *
   * @param most how many are taken at once, as many of each part, so that neither the cost nor the time of a sweep is unlimited;
   *     what is left over is still due at the next
   */
  public Stream<Key> dueBy(Table<?> table, Instant time, int most) {
    return dueBy(table, time, most, _ -> true).map(Listed::key);
  }

  /** @param wanted what is not is passed over, so that it does not keep others from their turn */
  public Stream<Listed> dueBy(Table<?> table, Instant time, int most, Predicate<Listed> wanted) {
    return IntStream.range(0, parts).boxed()
        .flatMap(it -> table.listedUpTo(index, part(it), TimeKey.of(time)).filter(wanted).limit(most / parts));
  }

  private String part(int number) {
    return parts == 1 ? name : name + "#" + number;
  }
}
