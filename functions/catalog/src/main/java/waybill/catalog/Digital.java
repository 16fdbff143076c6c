package waybill.catalog;

import java.util.Arrays;
import java.util.Locale;

/**
 * How a product that is not shipped is delivered.
 *
 * @param url of a link: where the product is; null for a licence key, as are days and downloads
 * @param validDays of a link: for how many days it works
 * @param downloads of a link: how often it works, for each unit
 * @param lowAt of a licence key: with so many keys left, or fewer, the pool is reported as low; null for a link
 */
public record Digital(Kind kind, String url, Integer validDays, Integer downloads, Integer lowAt) {

  /** What the customer is given. */
  public enum Kind {
    /** A link that expires and is counted. */
    LINK,
    /** A key out of a pool, which is stock: each is given once. */
    LICENCE_KEY;

    static Kind parse(String text) {
      return Arrays.stream(values()).filter(it -> it.name().toLowerCase(Locale.ROOT).equals(text)).findFirst()
          .orElseThrow(IllegalArgumentException::new);
    }
  }

  public boolean isLink() {
    return kind == Kind.LINK;
  }
}
