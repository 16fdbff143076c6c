package waybill.platform;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A record as its item holds it.
 *
 * @param revision 1 when it was first written, one more with each change
 */
public record Stored<T extends Record>(T value, int revision, Instant createdAt, Instant updatedAt) {

  /** The record as the API shows it, with its times and its revision. */
  public Map<String, Object> toResource() {
    return timed(Records.toObject(value));
  }

  /** Adds when it was made and changed, as every resource shows. */
  public Map<String, Object> timed(Map<String, Object> tree) {
    var resource = new LinkedHashMap<>(tree);
    resource.put("created_at", TimeText.of(createdAt));
    resource.put("updated_at", TimeText.of(updatedAt));
    resource.put("revision", revision);
    return resource;
  }
}
