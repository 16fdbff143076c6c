package waybill.messages;

import java.util.List;

/**
 * A packed box and what is in it.
 *
 * @param carrier the carrier, if the packer bought the label elsewhere; else null
 * @param trackingNumber the number on that label; null exactly when the carrier is
 */
public record Parcel(ParcelId id, List<LineQuantity> lines, int weightGrams, int lengthMm, int widthMm, int heightMm,
    String carrier, String trackingNumber) {}
