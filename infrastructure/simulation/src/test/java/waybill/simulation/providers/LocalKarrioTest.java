package waybill.simulation.providers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import waybill.local.providers.BrokerAccounts;
import waybill.local.providers.karrio.Karrio;
import waybill.local.providers.karrio.KarrioEndpoint;
import waybill.messages.Scan;
import waybill.messages.ShipmentMessages.TrackingNoticed;
import waybill.messages.ShipmentStatus;
import waybill.platform.Outcome;
import waybill.platform.RetryLater;
import waybill.platform.webhook.Event;
import waybill.shipping.carrier.Carrier;
import waybill.shipping.carrier.Carrier.Bought;
import waybill.shipping.carrier.Carrier.Consignment;
import waybill.shipping.carrier.Carrier.Label;
import waybill.shipping.carrier.Carrier.NotBought;
import waybill.shipping.carrier.Carrier.RefundStanding;
import waybill.shipping.carrier.Carrier.Unknown;
import waybill.shipping.carrier.CarrierAccount;
import waybill.shipping.carrier.CarrierContract;
import waybill.shipping.carrier.CarrierProvider;
import waybill.shipping.carrier.LabelFiles;
import waybill.shipping.carrier.LabelFormat;
import waybill.shipping.carrier.Rates;
import waybill.shipping.carrier.ScanLookup;

/** Karrio's client and the Karrio of the embedded cloud, over HTTP: both keep to what every carrier must do. */
class LocalKarrioTest extends CarrierContract {
  private static final String KEY = "key_fake";

  private final Karrio karrio = Karrio.silent(InstantSource.system());
  private final KarrioEndpoint endpoint;

  LocalKarrioTest() throws IOException {
    endpoint = new KarrioEndpoint(karrio, BrokerAccounts.read("karrio",
        "{\"labels\":{\"carrier\":\"karrio\",\"api_key\":\"" + KEY + "\",\"webhook_secrets\":[]}}"));
  }

  @AfterEach
  void close() {
    endpoint.close();
  }

  @Override
  protected CarrierProvider provider() {
    return new waybill.shipping.karrio.Karrio();
  }

  @Override
  protected CarrierAccount account() {
    return CarrierAccount.of("karrio", false, List.of()).calledWith(KEY, endpoint.endpoint().toString());
  }

  @Override
  protected OptionalInt charges() {
    return OptionalInt.of(karrio.charges());
  }

  @Override
  protected Optional<Consignment> refused() {
    return Optional.of(consignment(1, 40_000));
  }

  private Carrier carrier(CarrierAccount account) {
    return provider().carrier(account).orElseThrow();
  }

  /** The same client, some time later. */
  private Carrier carrierAfter(Duration time) {
    return new waybill.shipping.karrio.Karrio(() -> InstantSource.system().instant().plus(time)).carrier(account())
        .orElseThrow();
  }

  private String draft() {
    return carrier(account()).create(consignment(1, 1_250)).orElseThrow().draft();
  }

  @Test
  void aPurchaseWhoseAnswerWasLostAtKarrioIsFoundAndChargedOnce() {
    for (String kind : List.of("error_500_after", "timeout_after")) {
      int before = karrio.charges();
      String draft = draft();
      karrio.faults().add("purchase_shipment", kind, 1);
      assertThatThrownBy(() -> carrier(account()).buy(draft)).isInstanceOf(RetryLater.class);

      assertThat(carrier(account()).find(draft)).isInstanceOf(Bought.class);
      Label again = carrier(account()).buy(draft).orElseThrow();
      assertThat(carrier(account()).find(draft)).isEqualTo(new Bought(again));
      assertThat(karrio.charges()).isEqualTo(before + 1);
    }
  }

  @Test
  void whileAPurchaseMayStillBeRunningNobodyKnowsAndAfterThatItWasNone() {
    String draft = draft();
    for (String kind : List.of("busy", "error_500_before")) {
      karrio.faults().add("purchase_shipment", kind, 1);
      assertThatThrownBy(() -> carrier(account()).buy(draft)).isInstanceOf(RetryLater.class);

      assertThatThrownBy(() -> carrierAfter(Duration.ofMinutes(4)).find(draft)).isInstanceOf(RetryLater.class)
          .hasMessageContaining("may still be buying");
      assertThat(carrierAfter(Duration.ofMinutes(6)).find(draft)).isEqualTo(new NotBought());
    }
    assertThat(karrio.charges()).isZero();
    assertThat(carrierAfter(Duration.ofMinutes(6)).buy(draft).orElseThrow().trackingNumber()).isNotBlank();
  }

  @Test
  void whatItsCarrierMayHaveBookedThoughKarrioDoesNotHearFromItIsNeverBoughtAgain() {
    String draft = draft();
    karrio.faults().add("purchase_shipment", "carrier_away", 1);
    assertThatThrownBy(() -> carrier(account()).buy(draft)).isInstanceOf(RetryLater.class)
        .hasMessageContaining("may have booked");

    assertThatThrownBy(() -> carrierAfter(Duration.ofMinutes(4)).find(draft)).isInstanceOf(RetryLater.class);
    assertThat(carrierAfter(Duration.ofMinutes(6)).find(draft)).isEqualTo(new Unknown());
    assertThat(karrio.charges()).isZero();
  }

  @Test
  void aPurchaseThatCannotBeMarkedIsNotMade() {
    String draft = draft();
    karrio.faults().add("update_shipment", "error_500_before", 1);

    assertThatThrownBy(() -> carrier(account()).buy(draft)).isInstanceOf(RetryLater.class);
    assertThat(carrier(account()).find(draft)).isEqualTo(new NotBought());
    assertThat(karrio.charges()).isZero();
  }

  @Test
  void aRefusedPurchaseChargesNothingAndSaysWhichCarrierRefusesAndWhy() {
    String draft = draft();
    karrio.faults().add("purchase_shipment", "refuse", 1);

    assertThat(carrier(account()).buy(draft)).isInstanceOfSatisfying(Outcome.Declined.class, it -> {
      assertThat(it.refused().code()).isEqualTo("refused_by_carrier");
      assertThat(it.refused().detail()).contains("UPS: The carrier refuses this for now.");
    });
    assertThat(karrio.charges()).isZero();
  }

  @Test
  void aWrongKeyIsRefusedBeforeAnythingIsPaidAndHidesWhetherADraftWasBought() {
    String draft = draft();
    Carrier locked = carrier(account().calledWith("key_other", endpoint.endpoint().toString()));

    assertThat(locked.rates(consignment(1, 1_250))).isInstanceOfSatisfying(Outcome.Declined.class,
        it -> assertThat(it.refused().code()).isEqualTo("wrong_key"));
    assertThat(locked.find(draft)).isEqualTo(new Unknown());
  }

  @Test
  void anAccountBuysOnlyTheServicesThatItNames() {
    CarrierAccount faster = account().buying(List.of("test_post/test_express", "UPS/ups_standard"), "EUR");

    assertThat(carrier(faster).rates(consignment(1, 1_250)).orElseThrow().rates()).extracting(Rates.Rate::name)
        .containsExactly("test_post/test_express", "UPS/ups_standard");
    Label label = carrier(faster).buy(carrier(faster).create(consignment(1, 1_250)).orElseThrow().draft())
        .orElseThrow();
    assertThat(label.carrier() + "/" + label.service()).isEqualTo("UPS/ups_standard");
    assertThat(carrier(account().buying(List.of("UPS/ups_express"), null)).create(consignment(1, 1_250)))
        .isInstanceOfSatisfying(Outcome.Declined.class, it -> assertThat(it.refused().code()).isEqualTo("no_rate"));
  }

  @Test
  void aNumberFromElsewhereHasOneTrackerIfTheServerHasItsCarrier() {
    for (int i = 0; i < 2; i++) {
      assertThat(carrier(account()).track("DHL", "00340434161094042557")).isEqualTo(Outcome.of(true));
    }
    assertThat(karrio.overview().path("trackers")).hasSize(1);
    assertThat(carrier(account()).track("Pigeon Post", "1Z999AA10123456784")).isEqualTo(Outcome.of(false));
    assertThat(carrier(account()).track(null, "1Z999AA10123456784")).isEqualTo(Outcome.of(false));
    assertThat(carrier(account()).track("UPS", "?")).isInstanceOfSatisfying(Outcome.Declined.class,
        it -> assertThat(it.refused().code()).isEqualTo("refused_by_carrier"));
  }

  @Test
  void aLostAnswerToACancellationIsFoundAndAsksForNothingTwice() {
    String draft = draft();
    carrier(account()).buy(draft).orElseThrow();
    karrio.faults().add("cancel_shipment", "error_500_after", 1);
    assertThatThrownBy(() -> carrier(account()).requestRefund(draft)).isInstanceOf(RetryLater.class);

    assertThat(carrier(account()).refund(draft)).isEqualTo(RefundStanding.NOT_APPLICABLE);
    assertThat(carrier(account()).requestRefund(draft)).isEqualTo(Outcome.of(RefundStanding.NOT_APPLICABLE));
  }

  @Test
  void aLabelsFileIsFetchedInTheFormatInWhichItWasBought() {
    for (var begins : Map.of(LabelFormat.PDF, "%PDF", LabelFormat.ZPL, "^XA", LabelFormat.PNG, "\u0089PNG")
        .entrySet()) {
      Carrier carrier = carrier(account().printing(begins.getKey()));
      String draft = carrier.create(consignment(1, 1_250)).orElseThrow().draft();
      assertThat(((LabelFiles) carrier).label(draft, begins.getKey())).isInstanceOfSatisfying(Outcome.Declined.class,
          it -> assertThat(it.refused().code()).isEqualTo("no_label_file"));
      carrier.buy(draft).orElseThrow();

      for (LabelFormat format : LabelFormat.values()) {
        Outcome<LabelFiles.Printable> file = ((LabelFiles) carrier).label(draft, format);
        if (format == begins.getKey()) {
          assertThat(new String(((LabelFiles.Fetched) file.orElseThrow()).bytes(), StandardCharsets.ISO_8859_1))
              .startsWith(begins.getValue());
        } else {
          assertThat(file).isInstanceOfSatisfying(Outcome.Declined.class,
              it -> assertThat(it.refused().detail()).contains("as " + begins.getKey().text() + " and not"));
        }
      }
    }
    karrio.faults().add("retrieve_document", "error_500_before", 1);
    assertThatThrownBy(() -> ((LabelFiles) carrier(account())).label(draft(), LabelFormat.PDF))
        .isInstanceOf(RetryLater.class);
  }

  @Test
  void scansThatNobodyHeardOfAreLookedUpByTheirNumberAlone() {
    String number = carrier(account()).buy(draft()).orElseThrow().trackingNumber();
    var lookup = (ScanLookup) carrier(account());
    assertThat(lookup.scans(number).orElseThrow()).isInstanceOf(Event.News.class);
    karrio.scanUnheard(number, "delivered", "At the door");

    TrackingNoticed found = ((Event.News<TrackingNoticed>) lookup.scans(number).orElseThrow()).message();
    assertThat(found.trackingNumber()).isEqualTo(number);
    assertThat(found.scans()).extracting(Scan::status).contains(ShipmentStatus.DELIVERED);
    for (String other : List.of(number.substring(1), "1Z999AA10123456784", "a&b=c")) {
      assertThat(lookup.scans(other)).isInstanceOfSatisfying(Outcome.Declined.class,
          it -> assertThat(it.refused().code()).isEqualTo("unknown_number"));
    }
    karrio.faults().add("list_trackers", "error_500_before", 1);
    assertThatThrownBy(() -> lookup.scans(number)).isInstanceOf(RetryLater.class).hasMessageNotContaining(number);
  }

  @Test
  void aParcelOnItsWayIsNotCancelled() {
    String draft = draft();
    String number = carrier(account()).buy(draft).orElseThrow().trackingNumber();
    assertThat(karrio.scan(number, "in_transit", "Departed")).isEqualTo(1);

    assertThat(carrier(account()).requestRefund(draft)).isInstanceOfSatisfying(Outcome.Declined.class,
        it -> assertThat(it.refused().code()).isEqualTo("state_error"));
    assertThat(carrier(account()).find(draft)).isInstanceOf(Bought.class);
  }

  @Test
  void aKeyOfTheOtherModeIsRefused() {
    CarrierAccount live = CarrierAccount.of("karrio", true, List.of()).calledWith(KEY, endpoint.endpoint().toString());

    assertThat(carrier(live).create(consignment(1, 1_250))).isInstanceOfSatisfying(Outcome.Declined.class,
        it -> assertThat(it.refused().code()).isEqualTo("wrong_mode"));
  }

  @Test
  void anAccountWithoutAServersAddressSellsNothing() {
    assertThat(provider().carrier(account().calledWith(KEY, null))).isEmpty();
    assertThat(provider().carrier(account().calledWith(null, "https://karrio.example.com"))).isEmpty();
  }
}
