package waybill.documents;

import java.util.Set;
import waybill.messages.Choreography.StoreLabel;
import waybill.platform.Log;
import waybill.platform.Outcome.Accepted;
import waybill.platform.Outcome.Declined;
import waybill.platform.Ports;
import waybill.platform.QueueFunction;
import waybill.platform.Refused;
import waybill.shipping.SoldLabels;
import waybill.shipping.carrier.LabelFormat;

/**
 * Keeps the file of a label that was just bought, before the carrier's address of it ends. The label is bought whatever becomes of this:
 * what cannot be fetched now is fetched when it is printed.
 */
public record StoreLabelHandler(LabelPapers papers) implements QueueFunction<StoreLabel.Input> {
  private static final Log LOG = Log.of(StoreLabelHandler.class);
  /** There is nothing to keep, as it should be. */
  private static final Set<String> AS_IT_SHOULD_BE = Set.of("bought_elsewhere", SoldLabels.VOID, "repacked");

  public StoreLabelHandler() { this(Ports.ofProcess()); }

  public StoreLabelHandler(Ports ports) { this(new LabelPapers(ports)); }

  @Override
  public void work(StoreLabel.Input labelled) {
    switch (papers.keep(labelled.parcel())) {
      case Accepted<LabelFormat>(LabelFormat format) ->
        LOG.info("Label kept", "order", labelled.order(), "parcel", labelled.parcel(), "format", format.text());
      case Declined<LabelFormat>(Refused refused) when AS_IT_SHOULD_BE.contains(refused.code()) ->
        LOG.info("No label to keep", "order", labelled.order(), "parcel", labelled.parcel(), "code", refused.code());
      case Declined<LabelFormat>(Refused refused) -> LOG.report("LabelFilesMissing", "Label has no file", "order",
          labelled.order(), "parcel", labelled.parcel(), "code", refused.code(), "detail", refused.detail());
    }
  }
}
