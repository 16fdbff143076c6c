package waybill.notifications;

import java.util.List;
import waybill.catalog.Brand;

/**
 * What a mail says, in its language; how it looks is left to {@link Html} and {@link PlainText}. Every text in it fits on a
 * line.
 *
 * @param preview what mail programs show of it before it is opened
 * @param order what the customer calls the order
 * @param channel what the shop calls itself
 * @param why why the customer gets it
 * @param imprint who the sender is, line by line
 */
public record Letter(Words words, String subject, String title, String preview, Phrase order, String channel,
    Brand brand,
    Phrase greeting, List<Block> blocks, Phrase why, List<String> imprint) {}
