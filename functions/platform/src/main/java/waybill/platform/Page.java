package waybill.platform;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A part of a list.
 *
 * @param nextCursor where the list goes on; null at its end
 */
public record Page<T>(List<T> data, String nextCursor) {

  public <R> Page<R> map(Function<T, R> each) {
    return new Page<>(data.stream().map(each).toList(), nextCursor);
  }

  /** As every list of the API looks. */
  public Map<String, Object> toTree() {
    var tree = new LinkedHashMap<String, Object>();
    tree.put("data", data);
    tree.put("next_cursor", nextCursor);
    return tree;
  }
}
