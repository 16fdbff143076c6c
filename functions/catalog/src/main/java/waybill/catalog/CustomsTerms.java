package waybill.catalog;

/**
 * How a channel's parcels cross customs borders.
 *
 * @param signer who declares that what is written about a parcel is true; null if nobody does, and then none crosses a border
 * @param incoterm who pays what is due at the border
 * @param ioss the channel's number of the EU's Import One-Stop Shop; null if it has none
 * @param eori the exporter's number; null if it has none
 */
public record CustomsTerms(String signer, Incoterm incoterm, String ioss, String eori) {
  public static final CustomsTerms NONE = new CustomsTerms(null, Incoterm.DAP, null, null);

  /** By Incoterms 2020, as far as parcels go by them. */
  public enum Incoterm {
    /** Delivered at place: the recipient pays duties and taxes. */
    DAP,
    /** Delivered duty paid: the shop pays them. */
    DDP
  }

  public CustomsTerms {
    incoterm = incoterm == null ? Incoterm.DAP : incoterm;
  }
}
