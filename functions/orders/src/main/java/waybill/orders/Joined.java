package waybill.orders;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Function;

/** Lists whose elements have ids and become known one by one, in any order. */
final class Joined {

  private Joined() {}

  /** The list with news of one of its elements, or with one more; sorted by the ids. */
  static <T, K extends Comparable<K>> List<T> with(List<T> known, T news, Function<T, K> id, BinaryOperator<T> join) {
    var joined = new ArrayList<>(known);
    joined.replaceAll(it -> id.apply(it).equals(id.apply(news)) ? join.apply(it, news) : it);
    if (known.stream().noneMatch(it -> id.apply(it).equals(id.apply(news)))) {
      joined.add(news);
      joined.sort(Comparator.comparing(id));
    }
    return List.copyOf(joined);
  }
}
