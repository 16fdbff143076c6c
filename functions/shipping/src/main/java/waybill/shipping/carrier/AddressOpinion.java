package waybill.shipping.carrier;

import java.util.List;
import waybill.catalog.Address;

/**
 * What a carrier, or a broker of carriers, knows about an address. It is a second opinion: what it calls deliverable may still come back.
 *
 * @param deliverable whether it knows the address
 * @param proposal the address as the carrier writes it; null if it knows no better
 * @param objections why it does not know it; none if it does
 */
public record AddressOpinion(boolean deliverable, Address proposal, List<Objection> objections) {

  public AddressOpinion {
    objections = List.copyOf(objections);
  }

  /**
   * @param field of the address, as the API spells it; null if it is about all of it
   * @param detail for people; it quotes nothing of the address
   */
  public record Objection(String field, String code, String detail) {}
}
