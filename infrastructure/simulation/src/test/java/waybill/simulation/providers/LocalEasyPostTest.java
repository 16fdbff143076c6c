package waybill.simulation.providers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import waybill.local.providers.BrokerAccounts;
import waybill.local.providers.easypost.EasyPost;
import waybill.local.providers.easypost.EasyPostEndpoint;
import waybill.messages.Parcel;
import waybill.platform.Outcome;
import waybill.platform.RetryLater;
import waybill.shipping.carrier.Carrier;
import waybill.shipping.carrier.Carrier.Bought;
import waybill.shipping.carrier.Carrier.Consignment;
import waybill.shipping.carrier.Carrier.Label;
import waybill.shipping.carrier.Carrier.NotBought;
import waybill.shipping.carrier.Carrier.Unknown;
import waybill.shipping.carrier.CarrierAccount;
import waybill.shipping.carrier.CarrierContract;
import waybill.shipping.carrier.CarrierProvider;
import waybill.shipping.carrier.LabelFiles;
import waybill.shipping.carrier.LabelFormat;
import waybill.shipping.carrier.Manifests.Listing;
import waybill.shipping.carrier.Manifests;
import waybill.shipping.carrier.Rates;

/** EasyPost's client and the EasyPost of the embedded cloud, over HTTP: both keep to what every carrier must do. */
class LocalEasyPostTest extends CarrierContract {
  private static final String KEY = "EZTK_fake";

  private final EasyPost easyPost = EasyPost.silent(InstantSource.system());
  private final EasyPostEndpoint endpoint;

  LocalEasyPostTest() throws IOException {
    endpoint = new EasyPostEndpoint(easyPost,
        BrokerAccounts.read("easypost",
            "{\"labels\":{\"carrier\":\"easypost\",\"api_key\":\"" + KEY + "\",\"webhook_secrets\":[]}}"));
  }

  @AfterEach
  void close() {
    endpoint.close();
  }

  @Override
  protected CarrierProvider provider() {
    return new waybill.shipping.easypost.EasyPost();
  }

  @Override
  protected CarrierAccount account() {
    return CarrierAccount.of("easypost", false, List.of()).calledWith(KEY, endpoint.endpoint().toString());
  }

  @Override
  protected OptionalInt charges() {
    return OptionalInt.of(easyPost.charges());
  }

  @Override
  protected Optional<Consignment> refused() {
    return Optional.of(consignment(1, 40_000));
  }

  private Carrier carrier(CarrierAccount account) {
    return provider().carrier(account).orElseThrow();
  }

  private String draft() {
    return carrier(account()).create(consignment(1, 1_250)).orElseThrow().draft();
  }

  @Test
  void aPurchaseWhoseAnswerWasLostAtEasyPostIsFoundAndChargedOnce() {
    for (String kind : List.of("error_500_after", "timeout_after")) {
      int before = easyPost.charges();
      String draft = draft();
      easyPost.faults().add("buy_shipment", kind, 1);
      assertThatThrownBy(() -> carrier(account()).buy(draft)).isInstanceOf(RetryLater.class);

      assertThat(carrier(account()).find(draft)).isInstanceOf(Bought.class);
      Label again = carrier(account()).buy(draft).orElseThrow();
      assertThat(carrier(account()).find(draft)).isEqualTo(new Bought(again));
      assertThat(easyPost.charges()).isEqualTo(before + 1);
    }
  }

  @Test
  void whatEasyPostIsTooBusyForIsRetriedAndNotRefused() {
    String draft = draft();
    for (String kind : List.of("busy", "error_500_before")) {
      easyPost.faults().add("buy_shipment", kind, 1);
      assertThatThrownBy(() -> carrier(account()).buy(draft)).isInstanceOf(RetryLater.class);
      assertThat(carrier(account()).find(draft)).isEqualTo(new NotBought());
    }
    assertThat(easyPost.charges()).isZero();
  }

  @Test
  void aRefusedPurchaseChargesNothingAndSaysWhy() {
    String draft = draft();
    easyPost.faults().add("buy_shipment", "refuse", 1);

    assertThat(carrier(account()).buy(draft)).isInstanceOfSatisfying(Outcome.Declined.class, it -> {
      assertThat(it.refused().code()).isEqualTo("unprocessable_entity");
      assertThat(it.refused().detail()).contains("The carrier refuses this for now.");
    });
    assertThat(easyPost.charges()).isZero();
  }

  @Test
  void aWrongKeyIsRefusedBeforeAnythingIsPaidAndHidesWhetherADraftWasBought() {
    String draft = draft();
    Carrier locked = carrier(account().calledWith("EZTK_other", endpoint.endpoint().toString()));

    assertThat(locked.rates(consignment(1, 1_250))).isInstanceOfSatisfying(Outcome.Declined.class,
        it -> assertThat(it.refused().code()).isEqualTo("wrong_key"));
    assertThat(locked.find(draft)).isEqualTo(new Unknown());
  }

  @Test
  void anAccountBuysOnlyTheServicesThatItNames() {
    CarrierAccount faster = account().buying(List.of("USPS/Priority", "UPSDAP/Ground"), "USD");

    assertThat(carrier(faster).rates(consignment(1, 1_250)).orElseThrow().rates()).extracting(Rates.Rate::name)
        .containsExactly("USPS/Priority", "UPSDAP/Ground");
    Label label = carrier(faster).buy(carrier(faster).create(consignment(1, 1_250)).orElseThrow().draft())
        .orElseThrow();
    assertThat(label.carrier() + "/" + label.service()).isEqualTo("UPSDAP/Ground");
    assertThat(carrier(account().buying(List.of("USPS/Express"), null)).create(consignment(1, 1_250)))
        .isInstanceOfSatisfying(Outcome.Declined.class, it -> assertThat(it.refused().code()).isEqualTo("no_rate"));
  }

  @Test
  void aParcelOverAServicesLimitsIsNotSoldThatServiceThoughEasyPostGivesARate() {
    Consignment usual = consignment(1, 1_250);
    Parcel bulky = new Parcel(usual.parcel().id(), usual.parcel().lines(), 1_250, 1_000, 450, 450, null, null);
    var consignment = new Consignment(bulky, usual.from(), usual.to(), usual.reference());

    assertThat(carrier(account()).rates(consignment).orElseThrow()).satisfies(it -> {
      assertThat(it.rates()).extracting(Rates.Rate::name).containsExactly("USPS/GroundAdvantage", "UPSDAP/Ground");
      assertThat(it.messages()).extracting(Rates.Message::code).containsExactly("over_limits");
    });
    assertThat(carrier(account().buying(List.of("USPS/Priority"), "USD")).create(consignment))
        .isInstanceOfSatisfying(Outcome.Declined.class, it -> {
          assertThat(it.refused().code()).isEqualTo("no_rate");
          assertThat(it.refused().detail()).contains("at most 2743 mm of length and girth");
        });
    assertThat(easyPost.charges()).isZero();
  }

  @Test
  void aNumberFromElsewhereHasOneTrackerHoweverOftenItIsAskedForAndOneThatIsNoneIsRefused() {
    for (int i = 0; i < 2; i++) {
      assertThat(carrier(account()).track("usps", "9400100000000000000001")).isEqualTo(Outcome.of(true));
    }
    assertThat(easyPost.overview().path("trackers")).hasSize(1);
    assertThat(easyPost.overview().at("/trackers/0/carrier").asText()).isEqualTo("USPS");
    assertThat(carrier(account()).track("DHL", "?")).isInstanceOfSatisfying(Outcome.Declined.class,
        it -> assertThat(it.refused().code()).isEqualTo("tracker_create_error"));
  }

  @Test
  void aLostAnswerToARefundsRequestIsFoundAndAsksForNothingTwice() {
    String draft = draft();
    carrier(account()).buy(draft).orElseThrow();
    easyPost.faults().add("refund_shipment", "error_500_after", 1);
    assertThatThrownBy(() -> carrier(account()).requestRefund(draft)).isInstanceOf(RetryLater.class);

    assertThat(carrier(account()).refund(draft)).isEqualTo(Carrier.RefundStanding.SUBMITTED);
    assertThat(carrier(account()).requestRefund(draft)).isEqualTo(Outcome.of(Carrier.RefundStanding.SUBMITTED));
  }

  @Test
  void aLabelsFileIsFetchedInEachFormatAndOneThatWasNotBoughtHasNone() {
    String draft = draft();
    var files = (LabelFiles) carrier(account());
    assertThat(files.label(draft, LabelFormat.PDF)).isInstanceOfSatisfying(Outcome.Declined.class,
        it -> assertThat(it.refused().code()).isEqualTo("no_label_file"));
    String number = carrier(account()).buy(draft).orElseThrow().trackingNumber();

    for (var begins : Map.of(LabelFormat.PDF, "%PDF", LabelFormat.ZPL, "^XA", LabelFormat.PNG, "\u0089PNG")
        .entrySet()) {
      var file = (LabelFiles.Fetched) files.label(draft, begins.getKey()).orElseThrow();
      assertThat(new String(file.bytes(), StandardCharsets.ISO_8859_1)).startsWith(begins.getValue());
      assertThat(begins.getKey() == LabelFormat.PNG || new String(file.bytes(), StandardCharsets.ISO_8859_1)
          .contains(number)).isTrue();
    }
    easyPost.faults().add("label_shipment", "error_500_before", 1);
    assertThatThrownBy(() -> files.label(draft(), LabelFormat.PDF)).isInstanceOf(RetryLater.class);
    assertThat(easyPost.charges()).isEqualTo(1);
  }

  @Test
  void aDaysFormIsMadeOnceThoughItsAnswerIsLostAndListsNoLabelThatIsVoidOrOnAnother() {
    List<Listing> both = List.of(bought(), bought());
    var forms = (Manifests) carrier(account());
    easyPost.faults().add("create_scan_form", "error_500_after", 1);
    assertThatThrownBy(() -> forms.makeForm(both)).isInstanceOf(RetryLater.class);

    Manifests.Form form = forms.makeForm(both).orElseThrow();
    assertThat(form.status()).isEqualTo(Manifests.Status.CREATED);
    assertThat(easyPost.overview().path("scan_forms")).hasSize(1);
    assertThat(forms.findForm(form.id(), both)).isEqualTo(Outcome.of(form));
    var paper = (LabelFiles.Fetched) forms.printForm(form.id()).orElseThrow();
    assertThat(new String(paper.bytes(), StandardCharsets.ISO_8859_1)).startsWith("%PDF").contains(form.id());
    Listing third = bought();
    carrier(account()).requestRefund(third.draft());
    for (List<Listing> wrong : List.of(List.of(third), List.of(bought(), both.get(1)))) {
      assertThat(forms.makeForm(wrong)).isInstanceOfSatisfying(Outcome.Declined.class,
          it -> assertThat(it.refused().code()).isEqualTo("scan_form_shipments_invalid"));
    }
  }

  @Test
  void aFormThatAnotherCallHasMadeMeanwhileIsTakenThoughEasyPostRefusesThisOne() {
    List<Listing> both = List.of(bought(), bought());
    var forms = (Manifests) carrier(account());
    easyPost.faults().add("create_scan_form", "refuse_after", 1);

    Manifests.Form form = forms.makeForm(both).orElseThrow();
    assertThat(form.status()).isEqualTo(Manifests.Status.CREATED);
    assertThat(forms.makeForm(both)).isEqualTo(Outcome.of(form));
    easyPost.faults().add("create_scan_form", "refuse", 1);
    assertThat(forms.makeForm(List.of(bought()))).isInstanceOf(Outcome.Declined.class);
    assertThat(easyPost.overview().path("scan_forms")).hasSize(1);
  }

  @Test
  void aFormThatSomebodyMadeElsewhereOfTheFirstLabelIsNotTheFormOfAll() {
    List<Listing> both = List.of(bought(), bought());
    var forms = (Manifests) carrier(account());
    forms.makeForm(both.subList(0, 1)).orElseThrow();

    Manifests.Form form = forms.makeForm(both).orElseThrow();
    assertThat(form.status()).isEqualTo(Manifests.Status.FAILED);
    assertThat(form.detail()).contains("does not list 1 of the others: " + both.get(1).trackingNumber());
    assertThat(forms.findForm(form.id(), both)).isEqualTo(Outcome.of(form));
    assertThat(easyPost.overview().path("scan_forms")).hasSize(1);
  }

  @Test
  void whileEasyPostDoesNotSayWhichFormALabelIsOnNoneIsMadeOrRefused() {
    List<Listing> one = List.of(bought());
    for (String kind : List.of("error_500_before", "busy")) {
      easyPost.faults().add("retrieve_shipment", kind, 1);
      assertThatThrownBy(() -> ((Manifests) carrier(account())).makeForm(one)).isInstanceOf(RetryLater.class);
    }
    Carrier locked = carrier(account().calledWith("EZTK_other", endpoint.endpoint().toString()));
    assertThatThrownBy(() -> ((Manifests) locked).makeForm(one)).isInstanceOf(RetryLater.class);
    assertThat(easyPost.overview().path("scan_forms")).isEmpty();
  }

  private Listing bought() {
    String draft = draft();
    return new Listing(draft, carrier(account()).buy(draft).orElseThrow().trackingNumber());
  }

  @Test
  void aKeyOfTheOtherModeIsRefused() {
    CarrierAccount live = CarrierAccount.of("easypost", true, List.of()).calledWith(KEY,
        endpoint.endpoint().toString());

    assertThat(carrier(live).create(consignment(1, 1_250))).isInstanceOfSatisfying(Outcome.Declined.class,
        it -> assertThat(it.refused().code()).isEqualTo("wrong_mode"));
  }
}
