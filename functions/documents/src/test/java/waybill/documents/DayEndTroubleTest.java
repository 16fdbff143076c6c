package waybill.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import waybill.catalog.CarrierAccountId;
import waybill.documents.Manifest.LeftOut;
import waybill.documents.Manifest.Listed;
import waybill.documents.Manifest.Reason;
import waybill.documents.Manifest.Status;
import waybill.messages.FulfillmentId;
import waybill.messages.LocationId;
import waybill.messages.OrderId;
import waybill.messages.ParcelId;
import waybill.platform.Outcome;
import waybill.platform.Refused;
import waybill.platform.Stored;
import waybill.platform.Table;
import waybill.shipping.Carriers;
import waybill.shipping.SoldLabels.Sold;
import waybill.shipping.carrier.Carrier;
import waybill.shipping.carrier.CarrierAccount;
import waybill.shipping.carrier.CarrierProvider;
import waybill.shipping.carrier.Manifests;
import waybill.shipping.carrier.Manifests.Form;
import waybill.shipping.tablerate.TableRate;
import waybill.workbench.Bench;

/** The forms of a day if the carrier is in trouble, or the process that was asked for them has died. */
class DayEndTroubleTest {
  private static final LocationId LEIPZIG = new LocationId("leipzig");
  private static final OrderId ORDER = new OrderId("ord_8wbx56kav7d3kerhkfart51jp5");
  private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
  private static final String DAY = "2026-11-02";
  private static final LabelDay OF = new LabelDay(TableRate.BUILT_IN, LEIPZIG, DAY);

  private final Bench bench = Bench.open("shipping:by_unlabelled", "documents").with("CARRIER_ACCOUNTS_PARAMETER",
      "/accounts");
  /** What the carrier answers, one call after the other. */
  private final List<Supplier<Outcome<Form>>> answers = new ArrayList<>();
  private final DayEnd day = new DayEnd(bench.ports().with(Carriers.class, new Carriers(List.of(carrier()))));
  private final Table<DayLabel> labels = DocumentsTable.labels(bench.ports());
  private final Table<Manifest> manifests = DocumentsTable.manifests(bench.ports());

  @AfterEach
  void close() {
    bench.close();
  }

  private CarrierProvider carrier() {
    return new CarrierProvider() {
      @Override
      public String code() {
        return CarrierAccountId.STAND_IN;
      }

      @Override
      public Optional<Carrier> carrier(CarrierAccount account) {
        Carrier standIn = new TableRate().carrier(account).orElseThrow();
        return Optional.of((Carrier) java.lang.reflect.Proxy.newProxyInstance(getClass().getClassLoader(),
            new Class<?>[]{Carrier.class, Manifests.class},
            (_, method, arguments) -> List.of("makeForm", "findForm").contains(method.getName()) && !answers.isEmpty()
                ? answers.removeFirst().get()
                : method.invoke(standIn, arguments)));
      }
    };
  }

  private static Supplier<Outcome<Form>> form(Manifests.Status status) {
    return () -> Outcome.of(new Form("sf_1", status, null));
  }

  private static Outcome<Form> refusal() {
    return Refused.conflict("wrong_key", "the carrier refuses the account's api_key").outcome();
  }

  private static ParcelId parcel(int number) {
    return ParcelId.of(FulfillmentId.of(ORDER, 1), number);
  }

  private void buy(int number) {
    day.bought(new Sold(parcel(number), ORDER, LEIPZIG, TableRate.BUILT_IN, "draft" + number, "Post", null,
        "JD0001" + number, java.time.Instant.parse(DAY + "T10:00:00Z")), ZONE);
  }

  private static Manifest asked(String key) {
    return Manifest.begun(ManifestId.of(TableRate.BUILT_IN, LEIPZIG, key), OF, null);
  }

  private Manifest make(String key) {
    return day.make(asked(key)).orElseThrow().value();
  }

  private Manifest find(String key) {
    return day.find(asked(key).id()).orElseThrow().value();
  }

  /** As somebody leaves it who dies after that. */
  private void claim(int number, String key) {
    labels.change(new Table.Key(OF.key(), parcel(number).value()),
        it -> it.orElseThrow().claimed(asked(key).id(), null));
  }

  private static Listed listed(int number) {
    return new Listed(parcel(number), "JD0001" + number, "draft" + number);
  }

  @Test
  void aFormThatTheCarrierWorksOnIsKeptThoughItIsNotShownForAMoment() {
    buy(1);
    answers.addAll(List.of(form(Manifests.Status.CREATING), DayEndTroubleTest::refusal));
    Manifest made = make("today");
    assertThat(made.status()).isEqualTo(Status.CREATING);

    assertThat(find("today")).isEqualTo(made);
    assertThat(find("today")).extracting(Manifest::status, Manifest::form).containsExactly(Status.CREATED, "sf_1");
  }

  @Test
  void ofTwoWhoAskWithTheSameKeyTheOneThatHasTheFormCounts() {
    buy(1);
    answers.add(() -> {
      answers.add(DayEndTroubleTest::refusal);
      assertThat(make("today").status()).isEqualTo(Status.FAILED);
      return form(Manifests.Status.CREATED).get();
    });

    assertThat(make("today")).extracting(Manifest::status, Manifest::form).containsExactly(Status.CREATED, "sf_1");
    answers.add(DayEndTroubleTest::refusal);
    assertThat(make("today").status()).as("asked again").isEqualTo(Status.CREATED);
    assertThat(day.make(asked("another"))).isInstanceOf(Outcome.Declined.class);
  }

  @Test
  void whatSomebodyLeftWhoDiedIsFinishedByWhoeverLooks() {
    buy(1);
    buy(2);
    manifests.insert(asked("today"));
    claim(1, "today");

    Manifest found = find("today");
    assertThat(found.status()).isEqualTo(Status.CREATED);
    assertThat(found.listed()).containsExactly(listed(1), listed(2));
  }

  @Test
  void aLabelThatWasClaimedTooLateForItsFormIsFreeForTheNext() {
    buy(1);
    Manifest first = make("first");
    buy(2);
    claim(2, "first");

    Manifest second = make("second");
    assertThat(first.listed()).containsExactly(listed(1));
    assertThat(second.listed()).containsExactly(listed(2));
    assertThat(second.leftOut()).containsExactly(new LeftOut(parcel(1), Reason.ON_ANOTHER_MANIFEST, first.id()));
  }

  @Test
  void whatAFormThatIsCollectedHasClaimedIsNotOnAnother() {
    buy(1);
    manifests.insert(asked("slow"));
    claim(1, "slow");

    assertThat(day.make(asked("fast"))).isInstanceOfSatisfying(Outcome.Declined.class,
        it -> assertThat(it.refused().code()).isEqualTo("nothing_to_list"));
    assertThat(find("slow").listed()).containsExactly(listed(1));
  }

  @Test
  void theLabelsOfAFormThatTheCarrierRefusesAreFreeForTheNext() {
    buy(1);
    answers.add(DayEndTroubleTest::refusal);
    assertThat(make("first")).extracting(Manifest::status, Manifest::detail).containsExactly(Status.FAILED,
        "the carrier refuses the account's api_key");

    assertThat(make("second").listed()).containsExactly(listed(1));
    assertThat(make("first").status()).isEqualTo(Status.FAILED);
  }
}
