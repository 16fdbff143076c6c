package waybill.simulation.notifications;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.simulation.WatchedWorld.CUSTOMER;
import static waybill.simulation.WatchedWorld.ORDER;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import waybill.simulation.WatchedWorld;

class MailInvariantsTest {
  private static final String SHIPPED = "Ein Teil Ihrer Bestellung #r1 wurde versandt";

  private final WatchedWorld watched = new WatchedWorld();

  @AfterEach
  void end() {
    watched.close();
  }

  @BeforeEach
  void anOrderIsConfirmed() {
    watched.placeAndPay();
  }

  @Test
  void whoHasPaidAndWaitsForUnitsWithoutHearingOfItIsFoundAfterADay() {
    watched.replace("OrdersTable", ORDER, "state", "stock", "reserved", "backordered");

    assertThat(watched.findingsAfterADay()).contains("a customer waits for units and hears nothing of it: there is no "
        + "mail and no reason for backordered#%s#0".formatted(ORDER));
  }

  @Test
  void whoseRestFollowsLaterHearsOfEachMoveOfItsDayBesideTheirConfirmation() {
    watched.replace("OrdersTable", ORDER, "state", "stock", "reserved", "partially_reserved");
    String first = "for backordered#%s#0".formatted(ORDER);
    assertThat(watched.findingsAfterADay()).as("the confirmation says it").noneMatch(it -> it.endsWith(first));

    watched.write("OrdersTable", ORDER, "promises", "{\"move\": 1}");
    assertThat(watched.findingsAfterADay()).contains("a customer waits for units and hears nothing of it: there is no "
        + "mail and no reason for backordered#%s#1".formatted(ORDER));
  }

  @Test
  void aMailAboutEachParcelIsAllowed() {
    mail(CUSTOMER, SHIPPED, "SIM1");
    mail(CUSTOMER, SHIPPED, "SIM2");

    assertThat(found()).isEmpty();
  }

  @Test
  void twoMailsAboutOneParcelAreFound() {
    mail(CUSTOMER, SHIPPED, "SIM1");
    mail(CUSTOMER, SHIPPED, "SIM1");

    assertThat(found()).containsExactly("a customer gets two mails about one event: SHIPPED of SIM1 in " + ORDER);
  }

  @Test
  void twoMailsAboutOneOrderAreFound() {
    mail(CUSTOMER, "Ihre Bestellung #r1 ist bestätigt", "");

    assertThat(found()).containsExactly("a customer gets two mails about one event: CONFIRMED of " + ORDER);
  }

  @Test
  void moreMailsAboutFailedPaymentsThanThereArePaymentsAreFound() {
    mail(CUSTOMER, "Die Zahlung für Ihre Bestellung #r1 ist fehlgeschlagen", "");
    assertThat(found()).isEmpty();

    mail(CUSTOMER, "Die Zahlung für Ihre Bestellung #r1 ist fehlgeschlagen", "");
    assertThat(found()).containsExactly(
        "a customer gets more mails about failed payments than there are payments: %s has 1".formatted(ORDER));
  }

  @Test
  void aMailToSomebodyElseIsFound() {
    mail("bob@example.com", SHIPPED, "SIM1");

    assertThat(found()).hasSize(1)
        .allMatch(it -> it.startsWith("a mail about %s goes to somebody else".formatted(ORDER)));
  }

  @Test
  void aMailAboutNothingThatIsKnownIsFound() {
    mail(CUSTOMER, "Ihre Bestellung #r77 wurde storniert", "");

    assertThat(found()).containsExactly("a mail is about nothing that is known: Ihre Bestellung #r77 wurde storniert");
  }

  @Test
  void aMailThatSaysThatAnOrderIsCancelledWhichIsNotIsFound() {
    mail(CUSTOMER, "Ihre Bestellung #r1 wurde storniert", "");

    assertThat(found()).containsExactly("a mail says that an order is cancelled which is not: " + ORDER);
  }

  @Test
  void aCustomerWhoHearsNothingIsFoundAtRest() {
    watched.delete("NotificationsTable", ORDER, "confirmed#" + ORDER);

    assertThat(watched.findingsAtRest()).contains(
        "a customer hears nothing: there is no mail and no reason for confirmed#" + ORDER);
  }

  @Test
  void aCustomerWhoHearsNothingOfWhatTheCarrierSaidIsFoundAtRest() {
    watched.world.journal().print("""
        {"message": "Parcel tracked", "parcel": "par_1", "status": "OUT_FOR_DELIVERY"}""");
    watched.world.journal().print("""
        {"message": "Parcel tracked", "parcel": "par_1", "status": "DELIVERY_FAILED"}""");
    watched.write("NotificationsTable", ORDER, "delivery_failed#par_1#1700000000", "{\"status\": \"claimed\"}");

    assertThat(watched.findingsAtRest())
        .contains("a customer hears nothing: there is no mail and no reason for out_for_delivery#par_1")
        .doesNotContain("a customer hears nothing: there is no mail and no reason for delivery_failed#par_1");
  }

  @Test
  void whatWouldBeOldNewsNeedsNoMail() {
    watched.world.journal().print("""
        {"message": "Mail stale", "event": "cancelled#%s"}""".formatted(ORDER));
    watched.write("OrdersTable", ORDER, "state", """
        {"terms": {}, "stock": {"status": "released"}, "cancellation": {"reason": "customer"}}""");

    assertThat(watched.findingsAtRest()).noneMatch(it -> it.startsWith("a customer hears nothing"));
  }

  @Test
  void aMailThatIsGivenUpWhoseSenderWasNeverInterruptedIsFoundAtRest() {
    watched.asFunction(
        () -> watched.write("NotificationsTable", ORDER, "shipped#par_1", "{\"status\": \"claimed\"}"));
    watched.change("NotificationsTable", ORDER, "shipped#par_1", "{\"status\": \"uncertain\"}");

    assertThat(watched.findingsAtRest()).contains("a mail is given up that surely did not go out: shipped#par_1");
  }

  @Test
  void aMailThatIsGivenUpMayBeOneWhoseClaimNobodyHeardOf() {
    watched.write("NotificationsTable", ORDER, "shipped#par_1", "{\"status\": \"claimed\"}");
    watched.change("NotificationsTable", ORDER, "shipped#par_1", "{\"status\": \"uncertain\"}");

    assertThat(watched.findingsAtRest()).noneMatch(it -> it.startsWith("a mail is given up"));
  }

  @Test
  void aCustomerWhoHearsNothingOfAPaymentThatFailedIsFoundAtRest() {
    try (var unpaid = new WatchedWorld()) {
      unpaid.place();
      unpaid.asFunction("AdvanceOrder",
          () -> unpaid.replace("OrdersTable", ORDER, "state", "money", "pending", "failed"));

      assertThat(unpaid.findingsAtRest()).anyMatch(
          it -> it.startsWith("a customer hears nothing: there is no mail and no reason for payment_failed#pay_"));
    }
  }

  @Test
  void aMailThatIsBeingSentForEverIsFoundAtRest() {
    watched.write("NotificationsTable", ORDER, "shipped#par_1", "{\"status\": \"claimed\"}");

    assertThat(watched.findingsAtRest()).contains("a mail is being sent for ever: shipped#par_1");
  }

  @Test
  void anAddressIsMailedOnceItIsReleasedAlsoIfOnlyARepeatedRequestCanSaySo() {
    feedback("Address suppressed");
    feedback("Address released again, unchanged");
    mail(CUSTOMER, SHIPPED, "SIM1");
    assertThat(found()).isEmpty();

    feedback("Address suppressed");
    mail(CUSTOMER, SHIPPED, "SIM2");
    assertThat(found()).hasSize(1).first().asString().startsWith("an address is mailed that gets no mails since");
  }

  private void feedback(String message) {
    watched.world.journal().print("{\"message\":\"%s\",\"suppression\":\"sup_1\",\"order\":\"%s\"}"
        .formatted(message, ORDER));
    watched.live(() -> watched.world.timeline().sleep(Duration.ofMinutes(1)));
  }

  private void mail(String to, String subject, String trackingNumber) {
    watched.asFunction(() -> watched.world.ses().sendEmail(mail -> mail.destination(it -> it.toAddresses(to))
        .message(
            it -> it.subject(text -> text.data(subject)).body(body -> body.text(text -> text.data(trackingNumber))))));
  }

  /** After the next write, whatever it is. */
  private List<String> found() {
    watched.write("CatalogTable", "product", "SKU-9", "{}");
    return watched.findings();
  }
}
