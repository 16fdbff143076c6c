package waybill.simulation;

import java.util.List;
import java.util.Map;
import java.util.Set;
import waybill.simulation.documents.PickupInvariants;
import waybill.simulation.events.FeedInvariants;
import waybill.simulation.faults.Coverage;
import waybill.simulation.incidents.IncidentInvariants;
import waybill.simulation.inventory.AssemblyInvariants;
import waybill.simulation.inventory.BackorderInvariants;
import waybill.simulation.inventory.CheckoutInvariants;
import waybill.simulation.inventory.ImportInvariants;
import waybill.simulation.inventory.InboundInvariants;
import waybill.simulation.inventory.LotInvariants;
import waybill.simulation.inventory.StockInvariants;
import waybill.simulation.notifications.MailInvariants;
import waybill.simulation.orders.OptionInvariants;
import waybill.simulation.orders.OrderInvariants;
import waybill.simulation.payments.CreditInvariants;
import waybill.simulation.payments.MoneyInvariants;
import waybill.simulation.returns.ReturnInvariants;
import waybill.simulation.shipping.Driver;
import waybill.simulation.shipping.LabelInvariants;
import waybill.simulation.system.AgreementInvariants;
import waybill.simulation.system.AnswerInvariants;
import waybill.simulation.system.OutcomeInvariants;
import waybill.simulation.system.PrivacyInvariants;
import waybill.simulation.system.RecordInvariants;
import waybill.simulation.system.ReportInvariants;
import waybill.simulation.world.Document;
import waybill.simulation.world.Transition;
import waybill.simulation.world.World;
import waybill.store.Store.Change;

/**
 * What must always be so. Every write, message and printed line is read as it happens, and only what it touches is checked;
 * at rest all of it is, once more.
 */
final class Invariants {
  private final World world;
  private final RecordInvariants records;
  private final StockInvariants stock;
  private final BackorderInvariants backorders;
  private final InboundInvariants inbounds;
  private final CheckoutInvariants checkouts;
  private final ImportInvariants imports;
  private final AssemblyInvariants assemblies;
  private final LotInvariants lots;
  private final OptionInvariants options;
  private final OrderInvariants orders;
  private final LabelInvariants labels;
  private final IncidentInvariants incidents;
  private final PickupInvariants pickups;
  private final ReturnInvariants returns;
  private final CreditInvariants credits;
  private final MoneyInvariants money;
  private final MailInvariants mails;
  private final PrivacyInvariants privacy;
  private final AnswerInvariants answers;
  private final AgreementInvariants agreement;
  private final FeedInvariants feed;

  /** They begin with an empty world. */
  Invariants(World world) {
    this.world = world;
    this.records = new RecordInvariants(world);
    this.stock = new StockInvariants(world);
    this.backorders = new BackorderInvariants(world);
    this.inbounds = new InboundInvariants(world);
    this.checkouts = new CheckoutInvariants(world);
    this.imports = new ImportInvariants(world);
    this.assemblies = new AssemblyInvariants(world);
    this.lots = new LotInvariants(world);
    this.orders = new OrderInvariants(world);
    this.options = new OptionInvariants(world, orders);
    this.labels = new LabelInvariants(world, orders);
    this.incidents = new IncidentInvariants(world);
    this.pickups = new PickupInvariants(world);
    this.credits = new CreditInvariants(world, orders);
    this.money = new MoneyInvariants(world, orders, credits);
    this.returns = new ReturnInvariants(world, orders);
    this.mails = new MailInvariants(world, orders);
    this.privacy = new PrivacyInvariants(world);
    this.answers = new AnswerInvariants(world);
    this.agreement = new AgreementInvariants(world, orders);
    this.feed = new FeedInvariants(world, orders);
    world.store().onWrite(this::written);
    world.cloud().onMessage(privacy::sent);
    world.cloud().onAnswer(answers::answered);
    world.journal().read(privacy::printed);
    world.journal().read(new ReportInvariants(world)::printed);
    world.journal().read(mails::printed);
  }

  /** All steps that an order or a record may take; {@link Coverage} has those that were. */
  static Set<Transition> transitions() {
    return Transition.legal();
  }

  private void written(List<Change> changes) {
    changes.forEach(this::expect);
    stock.written(changes);
    backorders.written(changes);
    inbounds.written(changes);
    checkouts.written(changes);
    imports.written(changes);
    assemblies.written(changes);
    lots.written(changes);
    options.written(changes);
    orders.written(changes);
    returns.written(changes);
    changes.forEach(incidents::written);
    changes.forEach(pickups::written);
    for (Change change : changes) {
      records.written(change);
      mails.written(change);
      privacy.written(change);
    }
    changes.forEach(credits::written);
    changes.forEach(money::written);
    changes.forEach(feed::written);
    labels.written();
    mails.check();
  }

  /** What sends units of another order again is an order, too, that nobody has placed. */
  private void expect(Change change) {
    var content = new Document(change.after());
    if (change.table().equals(OrderInvariants.TABLE) && content.has("replaces")) {
      world.expect(content.child("form").text("number").substring(1), content.text("pk"));
    }
  }

  /** What must be so after a day in which nothing went wrong, whatever is still open. */
  void afterADay() {
    if (agreement.check()) {
      backorders.afterADay();
      inbounds.afterADay();
      lots.afterADay();
      mails.afterADay();
    }
  }

  /** What must be so when everything has come to its end. @param parcels what became of each, by its tracking number */
  public void atRest(Map<String, Driver.End> parcels) {
    world.cloud().queues().values().stream().filter(it -> !it.messages().isEmpty()).forEach(
        it -> world.find("a message waits for ever in %s: %s".formatted(it.name(), it.messages().getFirst().body())));
    stock.atRest();
    backorders.atRest();
    checkouts.atRest();
    imports.atRest();
    labels.atRest();
    lots.atRest();
    pickups.atRest();
    incidents.atRest(labels.valid(), parcels);
    returns.atRest();
    mails.atRest(returns.mails());
    feed.atRest(returns::events);
    credits.atRest();
    money.atRest();
    world.begin(options::check);
    world.begin(new OutcomeInvariants(world, orders, stock, money, labels.numbers(), parcels)::check);
    while (world.timeline().step()) {
      // The answers take their time.
    }
  }
}
