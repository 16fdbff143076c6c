package waybill.digital;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import waybill.catalog.Digital;
import waybill.digital.DigitalTable.SpareKey;
import waybill.digital.LineGrant.Given;
import waybill.messages.OrderId;
import waybill.messages.Sku;
import waybill.platform.Chance;
import waybill.platform.Ports;
import waybill.platform.Stored;
import waybill.platform.Table;

/**
 * What giving and revoking take: a link has its download, a key leaves its pool. All of it is written in one transaction with the delivery
 * that says so, so a key is in the pool or has one owner, whoever dies when.
 */
final class Giving {
  /** A transaction takes a hundred items; a key takes two. */
  private static final int MOST_WRITES = 90;

  private final Table<Download> downloads;
  private final Table<LicenceKey> keys;
  private final KeyPool pool;

  Giving(Ports ports) {
    this.downloads = DigitalTable.downloads(ports);
    this.keys = DigitalTable.keys(ports);
    this.pool = new KeyPool(ports);
  }

  /** A step of a delivery. @param gives whether the customer gets something @param more whether there is more to do than fits in one step */
  record Step(Delivery delivery, List<TransactWriteItem> writes, boolean gives, boolean more) {}

  /** @param digital how the products are delivered, as far as they say so */
  Step step(Delivery decided, Map<Sku, Digital> digital, Instant now) {
    var work = new Work(decided, now);
    for (LineGrant line : decided.lines()) {
      work.revoke(line);
    }
    for (LineGrant line : decided.lines()) {
      Digital how = digital.get(line.sku());
      if (line.missing() > 0 && how != null) {
        work.give(line, how);
      }
    }
    return new Step(work.delivery, List.copyOf(work.writes), work.gives, work.more);
  }

  /** One step, as it is put together. */
  private final class Work {
    private final Instant now;
    private final List<TransactWriteItem> writes = new ArrayList<>();
    private final Set<String> taken = new HashSet<>();
    private Delivery delivery;
    private boolean gives;
    private boolean more;

    Work(Delivery delivery, Instant now) {
      this.delivery = delivery;
      this.now = now;
    }

    private boolean isFull() {
      more |= writes.size() >= MOST_WRITES;
      return more;
    }

    void revoke(LineGrant line) {
      LineGrant moved = line;
      for (Given it : line.excess()) {
        if (isFull()) {
          break;
        }
        writes.add(it.isLink() ? revokedLink(it.token()) : revokedKey(line.sku(), it.key()));
        moved = moved.without(it);
      }
      delivery = delivery.with(moved);
    }

    private TransactWriteItem revokedLink(DownloadToken token) {
      Stored<Download> stored = downloads.find(DigitalTable.downloadKey(token.digest())).orElseThrow();
      return downloads.replacement(stored, stored.value().revoke());
    }

    private TransactWriteItem revokedKey(Sku sku, String id) {
      Stored<LicenceKey> stored = keys.find(DigitalTable.licenceKey(sku, id)).orElseThrow();
      return keys.replacement(stored, stored.value().revoke());
    }

    void give(LineGrant line, Digital how) {
      if (isFull()) {
        return;
      }
      delivery = delivery.with(how.isLink() ? withLink(line, how) : withKeys(line));
    }

    private LineGrant withLink(LineGrant line, Digital how) {
      DownloadToken token = DownloadToken.of(Chance.here().newName() + Chance.here().newName());
      int units = line.missing();
      writes.add(downloads.insertion(Download.of(token, delivery.order(), line, units, how, now)));
      gives = true;
      return line.with(new Given(token, null, units, false));
    }

    private LineGrant withKeys(LineGrant line) {
      LineGrant moved = line;
      int room = (MOST_WRITES - writes.size() + 1) / 2;
      int wanted = Math.min(line.missing(), room);
      more |= wanted < line.missing();
      List<Stored<SpareKey>> spares = pool.some(line.sku(), wanted, taken);
      // What is not there is not more to do: it is missing.
      more &= spares.size() == wanted;
      for (Stored<SpareKey> spare : spares) {
        Stored<LicenceKey> key = keys.find(DigitalTable.licenceKey(line.sku(), spare.value().id())).orElseThrow();
        if (!key.value().isAvailable()) {
          more = true; // another order has taken it since the spares were read
          continue;
        }
        writes.add(pool.spares().removal(spare));
        writes.add(keys.replacement(key, key.value().given(delivery.order(), line.line())));
        taken.add(spare.value().id());
        gives = true;
        moved = moved.with(new Given(null, spare.value().id(), 1, false));
      }
      return moved;
    }
  }
}
