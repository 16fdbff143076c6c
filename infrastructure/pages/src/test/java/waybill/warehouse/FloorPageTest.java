package waybill.warehouse;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import waybill.local.EmbeddedCloud;
import waybill.local.Settings;
import waybill.local.functions.FaultKind;
import waybill.local.gateway.Answered;
import waybill.local.providers.Caller;
import waybill.local.providers.Providers;
import waybill.local.providers.Samples;
import waybill.pages.InChromium;
import waybill.pages.Pages;
import waybill.platform.Json;

/** People work in a building by a scanner that types: the page of the building on the embedded cloud, in a phone's window. */
class FloorPageTest {
  @RegisterExtension
  static final InChromium CHROMIUM = new InChromium();
  private static final Path PROJECT = Path.of("../..").toAbsolutePath().normalize();
  /** Instead of a loudspeaker. */
  private static final String LISTEN = """
      window.tones = [];
      window.AudioContext = class {
        currentTime = 0; destination = {};
        createOscillator() { return {frequency: {}, connect: it => it, start() { tones.push(this.type); }, stop() {}}; }
        createGain() { return {gain: {}, connect: it => it}; }
      };""";
  private static final String TEA_GTIN = "4006381333931";
  private static final List<Answered> ANSWERED = new CopyOnWriteArrayList<>();
  private static EmbeddedCloud cloud;
  private static Caller operator;
  private static Samples samples;
  private static int references;

  @BeforeAll
  static void aBuildingWithBins() throws IOException {
    cloud = EmbeddedCloud.start(Settings.of(PROJECT.resolve("template.yaml")).withSecrets(Settings.SAMPLE_SECRETS));
    cloud.onAnswer(ANSWERED::add);
    operator = new Caller(cloud.url(), cloud.token("operator", cloud.scopes().toArray(String[]::new)));
    samples = new Samples(PROJECT.resolve("events"));
  }

  @AfterAll
  static void close() throws IOException {
    if (cloud != null) {
      cloud.close();
    }
  }

  /** A location of a test's own, with tea in two bins and mugs in one, and four totes. */
  private record Building(String id) {
    static Building of(String id) {
      operator.put("/channels/" + id, samples.read("put-channel.json").put("stock_pool", id).toString()).expect(201);
      operator.put("/locations/" + id, samples.read("put-location.json").put("stock_pool", id).put("name", "Leipzig")
          .toString()).expect(201);
      var building = new Building(id);
      List.of("A-1", "B-7", "C-3").forEach(it -> building.bin(it, "pick"));
      List.of("T-1", "T-2", "T-3", "T-4").forEach(it -> building.bin(it, "tote"));
      building.stock("TEA", 9);
      building.stock("MUG", 3);
      building.put("A-1", "TEA", 4);
      building.put("C-3", "TEA", 2);
      building.put("B-7", "MUG", 3);
      return building;
    }

    String sku(String product) {
      return product + "-" + id.toUpperCase(java.util.Locale.ROOT);
    }

    private void bin(String name, String purpose) {
      operator.put("/bins/" + id + "/" + name, """
          {"purpose": "%s", "zone": "A", "aisle": "%s", "position": %s, "maximum_units": 20}""".formatted(purpose,
          name.substring(0, 1), name.substring(2))).expect(201);
    }

    private void stock(String product, int units) {
      ObjectNode form = samples.read("put-product.json").put("name",
          product.equals("TEA") ? "Assam 200 g" : "Becher, blau");
      form.remove("gtin");
      if (id.equals("floor-count") && product.equals("TEA")) {
        form.put("gtin", TEA_GTIN);
      }
      operator.put("/products/" + sku(product), form.toString()).expect(201);
      operator.post("/stock/" + sku(product) + "/adjustments", samples.read("adjust-stock.json").put("location_id", id)
          .put("quantity", units).toString(), id + product).expect(201);
    }

    private void put(String bin, String product, int units) {
      operator.post("/bin-moves", """
          {"location_id": "%s", "to": "%s", "sku": "%s", "quantity": %d}""".formatted(id, bin, sku(product), units),
          id + bin + product).expect(201);
    }

    /** A paid order of one product. */
    void order(String product, int units) throws Exception {
      String reference = id.replace("-", "") + ++references;
      ObjectNode form = samples.read("place-order.json").put("channel", id).put("reference", reference)
          .put("total", 1000 * units);
      form.remove("shipping");
      ArrayNode lines = form.putArray("lines");
      lines.addObject().put("sku", sku(product)).put("name", product).put("quantity", units).put("unit_price", 1000)
          .put("total", 1000 * units);
      form.putArray("payments").addObject().put("provider", "stripe").put("account", Providers.PAYMENT_ACCOUNT)
          .put("reference", "pi_" + reference).put("amount", 1000 * units);
      operator.post("/orders", form.toString()).expect(201);
      new Providers(cloud.url(), cloud.clock()).stripe(
          samples.stripe("stripe-payment-intent-succeeded.json", "pi_" + reference, 1000L * units)).expect(200);
      cloud.awaitIdle(Duration.ofSeconds(60));
    }

    void wave() {
      ObjectNode form = samples.read("release-wave.json").put("location_id", id);
      ((ObjectNode) form.at("/devices/0")).put("minimum_volume_cm3", 0);
      String cutOff = cloud.clock().instant().plus(Duration.ofHours(9)).toString();
      form.path("collections").forEach(it -> ((ObjectNode) it).put("cut_off_at", cutOff));
      operator.post("/waves", form.toString(), "wave" + id + references).expect(201);
    }

    /** What lies in a bin: units by SKU. */
    Map<String, Integer> contents(String bin) {
      var contents = new java.util.TreeMap<String, Integer>();
      JsonNode found = operator.get("/bins/" + id + "/" + bin).expect(200).json().path("contents");
      found.forEach(it -> contents.put(it.path("sku").asText(), it.path("quantity").asInt()));
      return contents;
    }
  }

  /** A person with a phone whose scanner types. */
  private record Person(Pages.Window window) implements AutoCloseable {
    static Person signedIn(String name, String location, String locale) {
      var person = new Person(CHROMIUM.window(locale));
      person.page().addInitScript(LISTEN);
      person.page().navigate(cloud.url() + "/floor");
      person.signIn(name, location);
      return person;
    }

    Page page() {
      return window.page();
    }

    void signIn(String name, String location) {
      page().locator("#actions button").first().click();
      page().getByLabel("Name").fill(name);
      page().getByLabel("Locations").fill(location);
      page().keyboard().press("Enter");
      page().waitForURL(cloud.url() + "/floor");
    }

    /** Keys alone, wherever the focus is. */
    Person scan(String code) {
      page().keyboard().type(code);
      page().keyboard().press("Enter");
      return this;
    }

    Person sees(String text) {
      assertThat(page().locator("#todo")).containsText(text);
      return this;
    }

    Person isSaid(String tone, String text) {
      assertThat(page().locator("#said")).containsText(text);
      assertThat(page().locator("#said")).hasClass(tone);
      assertThat(page().locator("body")).hasAttribute("data-tone", tone);
      return this;
    }

    List<String> tones() {
      return ((List<?>) page().evaluate("tones")).stream().map(String::valueOf).toList();
    }

    @Override
    public void close() {
      window.close();
    }
  }

  @Test
  void aPickerWorksAWholeRoundByScannerKeysOnly() throws Exception {
    Building building = Building.of("floor-round");
    building.order("TEA", 5);
    building.order("MUG", 2);
    building.wave();
    try (Person ada = Person.signedIn("ada", "floor-round", "en-US")) {
      ada.sees("Go to bin A-1.");
      assertThat(ada.window.faultsNow("floor-bin")).isEmpty();
      ada.scan("B-7").isSaid("wrong", "B-7 is not the bin");
      assertThat(ada.window.faultsNow("floor-wrong")).isEmpty();
      ada.scan("$SKIP").isSaid("right", "Bin A-1 comes later");
      while (!ada.page().locator("#todo").textContent().startsWith("Go to bin A-1")) {
        ada.scan("$SKIP").isSaid("right", "comes later");
      }
      ada.scan("A-1").sees("Take 4 of");
      assertThat(ada.window.faultsNow("floor-unit")).isEmpty();
      assertThat(ada.tones()).contains("square").last().isEqualTo("sine");
      String tea = building.sku("TEA");
      ada.scan("$ALL").isSaid("wait", "counts as 4").scan(tea).sees("Put 4 of").scan("T-1").isSaid("right",
          "in tote T-1");
      ada.sees("Is bin A-1 empty?");
      assertThat(ada.window.faultsNow("floor-empty")).isEmpty();
      ada.scan("$NOTEMPTY").sees("How many").scan("2").isSaid("right", "will be counted");
      // The tote is full: the fifth unit of the order goes into another.
      while (!ada.page().locator("#todo").textContent().equals("Go to bin C-3.")) {
        ada.scan("$SKIP").isSaid("right", "comes later");
      }
      ada.scan("$FULL").isSaid("right", "T-1 is full").scan("C-3").scan(tea).scan("T-1")
          .isSaid("wrong", "T-1 is full");
      ada.scan("T-2").isSaid("right", "in tote T-2");
      ada.sees("Go to bin B-7.").scan("B-7").scan("$MISSING").isSaid("right", "2 of")
          .sees("All is picked: bring T-1, T-2");
      assertThat(ada.window.faultsNow("floor-done")).isEmpty();
      ada.scan("$NEXT").sees("Nothing is to be picked just now.");
      assertThat(ada.window.faultsNow("floor-idle")).isEmpty();
      assertThat(building.contents("T-1")).containsExactly(Map.entry(tea, 4));
      assertThat(building.contents("T-2")).containsExactly(Map.entry(tea, 1));
    }
  }

  @Test
  void whatIsScannedWithoutANetworkIsSentInOrderAndOnceAlsoAfterAReload() throws Exception {
    Building building = Building.of("floor-offline");
    String tea = building.sku("TEA");
    building.order("TEA", 4);
    building.wave();
    try (Person ada = Person.signedIn("ada-offline", "floor-offline", "en-US")) {
      ada.sees("Go to bin A-1.");
      ada.page().evaluate("navigator.serviceWorker.ready.then(() => true)");
      ada.window.context().setOffline(true);
      ada.scan("A-1");
      assertThat(ada.page().locator("#net")).hasText("No network: 1 waiting");
      ada.scan(tea).scan(tea);
      assertThat(ada.page().locator("#net")).hasText("No network: 3 waiting");
      // The phone restarts its browser, in the same place without a network.
      ada.page().reload();
      ada.sees("Go to bin A-1.");
      assertThat(ada.page().locator("#net")).hasText("No network: 3 waiting");
      assertThat(ada.window.faultsNow("floor-offline")).allMatch(it -> it.contains("ERR_INTERNET_DISCONNECTED"));
      ada.scan(tea).scan(tea).scan("T-1");
      assertThat(codes(ada)).isEmpty();
      ada.window.context().setOffline(false);
      ada.sees("Is bin A-1 empty?").isSaid("right", "4 of");
      assertThat(ada.page().locator("#net")).hasText("");
      assertThat(building.contents("T-1")).containsExactly(Map.entry(tea, 4));
      assertThat(codes(ada)).containsExactly("A-1", tea, tea, tea, tea, "T-1");
    }
  }

  @Test
  void aScanWhoseAnswerIsLostIsSentAgainWithItsKeyAndCountsOnce() throws Exception {
    Building building = Building.of("floor-lost");
    String tea = building.sku("TEA");
    building.order("TEA", 2);
    building.wave();
    try (Person ada = Person.signedIn("ada-lost", "floor-lost", "en-US")) {
      ada.sees("Go to bin A-1.").scan("A-1").sees("Take 2 of");
      cloud.fault("ScanWork", 1, "PutItem", tea, FaultKind.KILL_AFTER, 1);
      ada.scan(tea).sees("Take 1 more of").isSaid("right", "Already recorded");
      ada.scan(tea).sees("Put 2 of").scan("T-3").isSaid("right", "in tote T-3");
      assertThat(building.contents("T-3")).containsExactly(Map.entry(tea, 2));
      assertThat(keys(ada)).hasSize(5).doesNotContainNull();
      assertThat(keys(ada).get(1)).as("the same key twice").isEqualTo(keys(ada).get(2));
      assertThat(keys(ada).stream().distinct()).hasSize(4);
    } finally {
      cloud.clearFaults();
    }
  }

  @Test
  void whoScansOnAfterAWrongScanIsSaidWhatWasNotSent() throws Exception {
    Building building = Building.of("floor-wrong");
    String tea = building.sku("TEA");
    building.order("TEA", 2);
    building.wave();
    try (Person ada = Person.signedIn("ada-wrong", "floor-wrong", "en-US")) {
      ada.sees("Go to bin A-1.").scan("A-1").sees("Take 2 of");
      ada.window.context().setOffline(true);
      ada.scan(tea).scan("SOAP").scan(tea).scan("T-1");
      ada.window.context().setOffline(false);
      ada.isSaid("wrong", "SOAP is not").isSaid("wrong", "2 later scans were not sent.").sees("Take 1 more of");
      assertThat(building.contents("T-1")).isEmpty();
    }
  }

  @Test
  void aPickerReadsGermanIfTheirBrowserDoes() throws Exception {
    Building building = Building.of("floor-german");
    building.order("MUG", 2);
    building.wave();
    try (Person ada = Person.signedIn("ada-deutsch", "floor-german", "de-DE")) {
      ada.sees("Geh zu Fach B-7.").scan("A-1").isSaid("wrong", "A-1 ist nicht das Fach: Geh zu B-7.");
      assertThat(ada.window.faultsNow("floor-deutsch")).isEmpty();
      ada.scan("$MENU").sees("Was machst du?");
      assertThat(ada.window.faultsNow("floor-menu-deutsch")).isEmpty();
      ada.scan("$OUT").sees("Zum Arbeiten anmelden.");
      assertThat(ada.window.faultsNow("floor-anmelden")).isEmpty();
    }
  }

  @Test
  void aBinIsCountedBlindAndASecondTimeBySomebodyElse() {
    Building building = Building.of("floor-count");
    operator.post("/counts", "{\"location_id\": \"floor-count\", \"bin\": \"A-1\"}", "count A-1").expect(201);
    try (Person ada = Person.signedIn("ada-counts", "floor-count", "en-US");
        Person bob = Person.signedIn("bob-counts", "floor-count", "de-DE")) {
      ada.sees("Nothing is to be picked").scan("$MENU").scan("$COUNT").sees("Go to bin A-1.");
      assertThat(ada.window.faultsNow("floor-count-list")).isEmpty();
      ada.scan("B-7").isSaid("wrong", "B-7 is not to be counted").scan("A-1").sees("Count all that lies in bin A-1.");
      ada.scan("SOAP").isSaid("wrong", "SOAP is no product");
      ada.scan(TEA_GTIN).isSaid("right", "Assam").scan("5");
      assertThat(ada.page().locator("#list")).containsText("5 \u00d7 " + building.sku("TEA"));
      assertThat(ada.page().locator("body")).not().containsText("4");
      assertThat(ada.window.faultsNow("floor-count")).isEmpty();
      ada.page().reload();
      assertThat(ada.page().locator("#list")).containsText("5 \u00d7 ");
      ada.scan("$DONE").isSaid("right", "Somebody else counts again").sees("Nothing is to be counted");
      bob.sees("nichts zu picken").scan("$MENU").scan("$COUNT").sees("Geh zu Fach A-1.").scan("A-1")
          .sees("Zähle alles");
      for (int i = 0; i < 4; i++) {
        bob.scan("0" + TEA_GTIN).isSaid("right", "Assam");
      }
      bob.scan("$DONE").isSaid("right", "Es stimmt");
    }
    assertThat(operator.get("/counts?location_id=floor-count").expect(200).json().path("data")).isEmpty();
  }

  @Test
  void whatIsScannedWhileAProductIsLookedUpCountsToo() {
    Building building = Building.of("floor-fast");
    String mug = building.sku("MUG");
    operator.post("/counts", "{\"location_id\": \"floor-fast\", \"bin\": \"B-7\"}", "count B-7").expect(201);
    try (Person ada = Person.signedIn("ada-fast", "floor-fast", "en-US")) {
      ada.sees("Nothing is to be picked").scan("$MENU").scan("$COUNT").sees("Go to bin B-7.").scan("B-7")
          .sees("Count all that lies in bin B-7.");
      ada.window.context().setOffline(true);
      ada.scan(mug).scan(mug).scan(mug).scan("$EMPTY");
      ada.window.context().setOffline(false);
      ada.isSaid("right", "Counted. All is as it should be.");
    }
  }

  @Test
  void unitsAtTheDockArePutWhereItIsProposedOrWhereAPersonInsists() {
    Building building = Building.of("floor-put");
    String tea = building.sku("TEA");
    try (Person ada = Person.signedIn("ada-puts", "floor-put", "en-US")) {
      ada.sees("Nothing is to be picked").scan("$MENU").scan("$PUT").sees("Scan what is to be put away.").scan(tea)
          .sees("Put 3 into A-1.");
      assertThat(ada.page().locator("#facts")).containsText("Same product");
      assertThat(ada.window.faultsNow("floor-putaway")).isEmpty();
      ada.scan("2").sees("Put 2 into A-1.").scan("A-1").isSaid("right", "2 of " + tea + " in bin A-1");
      ada.sees("Put 1 into A-1.").scan("B-7").isSaid("wrong", "Scan it again").scan("B-7").isSaid("right",
          "in bin B-7");
      ada.sees("Nothing of");
      assertThat(building.contents("A-1")).containsEntry(tea, 6);
      assertThat(building.contents("B-7")).containsEntry(tea, 1);
      operator.put("/bins/floor-put/C-3", """
          {"purpose": "pick", "zone": "A", "aisle": "C", "position": 3, "maximum_units": 20, "locked": true}""")
          .expect(200);
      operator.post("/stock/" + tea + "/adjustments", samples.read("adjust-stock.json").put("location_id", building.id)
          .put("quantity", 1).toString(), "one more").expect(201);
      ada.scan(tea).sees("Put 1 into A-1.").scan("C-3").scan("C-3").isSaid("wrong", "That bin is locked.");
      assertThat(building.contents("C-3")).containsEntry(tea, 2);
    }
  }

  @Test
  void aBinAndASkuThatAreNumbersAreTakenAsTheyAreWritten() {
    Building building = Building.of("floor-number");
    String jar = "0012345";
    ObjectNode form = samples.read("put-product.json").put("name", "Glas");
    form.remove("gtin");
    operator.put("/products/" + jar, form.toString()).expect(201);
    operator.post("/stock/" + jar + "/adjustments", samples.read("adjust-stock.json").put("location_id", building.id)
        .put("quantity", 5).toString(), "jars").expect(201);
    building.bin("101", "pick");
    try (Person ada = Person.signedIn("ada-number", "floor-number", "en-US")) {
      ada.sees("Nothing is to be picked").scan("$MENU").scan("$PUT").sees("Scan what is to be put away.").scan(jar)
          .sees("Put 5 into 101.").scan("101").isSaid("right", "5 of " + jar + " in bin 101");
    }
    assertThat(building.contents("101")).containsExactly(Map.entry(jar, 5));
  }

  @Test
  void aRefusalDropsNothingThatAnotherPersonScannedOnTheSamePhone() {
    Building building = Building.of("floor-shared");
    String tea = building.sku("TEA");
    operator.put("/bins/floor-shared/C-3", """
        {"purpose": "pick", "zone": "A", "aisle": "C", "position": 3, "maximum_units": 20, "locked": true}""")
        .expect(200);
    try (Person phone = Person.signedIn("ada-shared", "floor-shared", "en-US")) {
      phone.sees("Nothing is to be picked").scan("$MENU").scan("$PUT").sees("Scan what is to be put away.").scan(tea)
          .sees("Put 3 into A-1.");
      phone.window.context().setOffline(true);
      phone.scan("A-1");
      assertThat(phone.page().locator("#net")).hasText("No network: 1 waiting");
      phone.scan("$MENU").scan("$OUT").sees("Sign in to work.");
      phone.window.context().setOffline(false);
      phone.signIn("bob-shared", "floor-shared");
      phone.sees("Scan what is to be put away.").scan(tea).sees("Put 3 into A-1.").scan("C-3").scan("C-3")
          .isSaid("wrong", "That bin is locked.");
      phone.scan("$MENU").scan("$OUT").sees("Sign in to work.");
      phone.signIn("ada-shared", "floor-shared");
      phone.isSaid("right", "3 of " + tea + " in bin A-1");
    }
    assertThat(building.contents("A-1")).containsEntry(tea, 7);
  }

  @Test
  void whatTheGatewayRefusesIsSaidAndWhoseTokenIsOverSignsInAgain() {
    Building.of("floor-refused");
    try (Person ada = Person.signedIn("ada-refused", "", "en-US")) {
      ada.sees("Where do you work?");
      ada.page().evaluate("it => sessionStorage.setItem('waybill.token', JSON.stringify(it))",
          cloud.token("ada-refused", "stock:write"));
      ada.page().reload();
      ada.sees("Where do you work?").scan("floor-refused").isSaid("wrong", "Refused: Forbidden");
      ada.page().evaluate(
          """
              () => {
                localStorage.removeItem('waybill.place');
                sessionStorage.setItem('waybill.token', JSON.stringify(JSON.parse(sessionStorage.getItem('waybill.token')) + 'x'));
              }""");
      ada.page().reload();
      ada.isSaid("wrong", "Sign in again").sees("Sign in to work.");
    }
  }

  @Test
  void whatArrivesIsScannedAndBookedOnceAndTheRestIsClosed() {
    Building building = Building.of("floor-receive");
    String mug = building.sku("MUG");
    operator.put("/inbounds/PO-77", """
        {"type": "purchase_order", "location_id": "floor-receive", "expected_at": "2030-01-01T09:00:00Z",
         "lines": [{"sku": "%s", "quantity": 12}]}""".formatted(mug)).expect(201);
    try (Person ada = Person.signedIn("ada-receives", "floor-receive", "en-US")) {
      ada.sees("Nothing is to be picked").scan("$MENU").scan("$RECEIVE").sees("What has arrived?").scan("PO-77")
          .sees("Scan what has arrived.");
      ada.scan(mug).isSaid("right", mug).scan("10").scan("$DAMAGED");
      assertThat(ada.page().locator("#list")).containsText("1 broken");
      assertThat(ada.window.faultsNow("floor-receive")).isEmpty();
      ada.window.context().setOffline(true);
      ada.scan("$DONE");
      assertThat(ada.page().locator("#net")).hasText("No network: 1 waiting");
      ada.window.context().setOffline(false);
      ada.isSaid("right", "Booked.");
      assertThat(ada.page().locator("#far")).hasText("10 of 12");
      ada.scan("$COMPLETE").isSaid("right", "Nothing more is expected").sees("What has arrived?");
    }
    JsonNode inbound = operator.get("/inbounds/PO-77").expect(200).json();
    assertThat(inbound.at("/lines/0/received").asInt()).isEqualTo(10);
    assertThat(inbound.at("/lines/0/damaged").asInt()).isEqualTo(1);
    assertThat(inbound.path("complete").asBoolean()).isTrue();
  }

  /** Two labels of pallets with 40 cases of 12 each; somebody counts 39 on the second. */
  @Test
  void theLabelOfAPalletSaysHowManyCasesAreOnItUnlessSomebodyCounts() {
    Building.of("floor-pallet");
    ObjectNode form = samples.read("put-product.json");
    form.remove("gtin");
    form.putArray("packs").addObject().put("gtin", "14006381333938").put("units", 12);
    operator.put("/products/CASES-FLOOR-PALLET", form.toString()).expect(201);
    operator.put("/inbounds/PO-78", """
        {"type": "purchase_order", "location_id": "floor-pallet", "expected_at": "2030-01-01T09:00:00Z",
         "lines": [{"sku": "CASES-FLOOR-PALLET", "quantity": 990}]}""").expect(201);
    String first = "(00)340063811234567893(02)14006381333938(37)40";
    String second = "(00)340063811234567909(02)14006381333938(37)40";
    try (Person ada = Person.signedIn("ada-pallets", "floor-pallet", "en-US")) {
      ada.sees("Nothing is to be picked").scan("$MENU").scan("$RECEIVE").sees("What has arrived?").scan("PO-78")
          .sees("Scan what has arrived.");
      ada.scan(first).isSaid("right", first).scan(second).isSaid("right", second).scan("39");
      ada.scan("$DONE").isSaid("right", "Booked.");
      assertThat(ada.page().locator("#far")).hasText("948 of 990");
      // A scanner types the separator after the lot as a control key.
      ada.page().keyboard().type("011400638133393810A-1");
      ada.page().keyboard().press("Control+]");
      ada.page().keyboard().type("3702");
      ada.page().keyboard().press("Enter");
      ada.isSaid("right", "3702").scan("$DONE").isSaid("right", "Booked.");
      assertThat(ada.page().locator("#far")).hasText("972 of 990");
    }
  }

  @Test
  void aToteIsPackedByScanningEachUnitAndItsLabelIsPrinted() throws Exception {
    Building building = Building.of("floor-pack");
    String mug = building.sku("MUG");
    operator.put("/boxes/carton-floor", samples.read("put-box.json").put("location_id", building.id).toString())
        .expect(201);
    building.order("MUG", 2);
    building.wave();
    try (Person ada = Person.signedIn("ada-packs", "floor-pack", "en-US")) {
      ada.sees("Go to bin B-7.").scan("B-7").sees("Take 2 of").scan(mug).sees("Take 1 more").scan(mug).sees("Put 2 of")
          .scan("T-4").sees("All is picked");
      ada.scan("$MENU").scan("$PACK").sees("Which tote do you pack?");
      assertThat(ada.page().locator("#list")).containsText("2 \u00d7 " + mug);
      ada.scan("T-1").isSaid("wrong", "T-1 holds no order").scan("T-4").sees("Scan each unit into the box.");
      ada.scan(building.sku("TEA")).isSaid("wrong", "is not in this order: put it back");
      ada.scan(mug).isSaid("right", "Becher");
      assertThat(ada.page().locator("#far")).hasText("1 of 2");
      assertThat(ada.window.faultsNow("floor-pack")).isEmpty();
      // The phone restarts in the middle.
      ada.page().reload();
      assertThat(ada.page().locator("#far")).hasText("1 of 2");
      ada.scan(mug).sees("Which box?").scan("carton-other").isSaid("wrong", "is no box").scan("carton-floor")
          .sees("Weigh it.");
      ada.scan("some").isSaid("wrong", "is no weight").scan("900").isSaid("wrong", "900 g is not what it should weigh");
      assertThat(ada.window.faultsNow("floor-weight")).allMatch(it -> it.contains("status of 422"));
      ada.sees("weigh it again").scan("900").isSaid("right", "Packed");
      ada.sees("Print the labels.");
      assertThat(ada.window.faultsNow("floor-packed")).allMatch(it -> it.contains("status of 422"));
      var label = ada.page().waitForDownload(() -> ada.scan("$PRINT"));
      assertThat(java.nio.file.Files.readAllBytes(label.path())).startsWith("%PDF".getBytes(StandardCharsets.US_ASCII));
      assertThat(building.contents("T-4")).isEmpty();
    }
  }

  @Test
  void theLeadSeesWhatIsOpenWhoWorksOnItAndWhatIsStuck() throws Exception {
    Building building = Building.of("floor-board");
    building.order("MUG", 2);
    building.wave();
    operator.post("/counts", "{\"location_id\": \"floor-board\", \"bin\": \"C-3\"}", "count C-3").expect(201);
    try (Person ada = Person.signedIn("ada-board", "floor-board", "en-US");
        Person lead = Person.signedIn("lea", "floor-board", "en-US")) {
      ada.sees("Go to bin B-7.");
      lead.sees("Nothing is to be picked").scan("$MENU").scan("$BOARD").sees("Open rounds: 1");
      assertThat(lead.page().locator("#list")).containsText("0 of 2");
      assertThat(lead.page().locator("#list")).containsText("ada-board works on it");
      assertThat(lead.page().locator("#list")).containsText("Bin C-3");
      assertThat(lead.window.faultsNow("floor-board")).isEmpty();
    }
  }

  @Test
  void aPhoneWithoutAScannerReadsBarCodesWithItsCamera() throws Exception {
    Building building = Building.of("floor-camera");
    building.order("MUG", 1);
    building.wave();
    try (var ada = new Person(CHROMIUM.window("en-US"))) {
      ada.page().addInitScript(LISTEN);
      // Chromium on Linux reads no bar codes: what stands in sees one at the third look.
      ada.page().addInitScript("""
          window.looks = 0;
          window.BarcodeDetector = class { async detect() { return ++looks % 3 ? [] : [{rawValue: 'B-7'}]; } };
          navigator.mediaDevices.getUserMedia = async () => document.createElement('canvas').captureStream();
          HTMLMediaElement.prototype.play = async () => {};""");
      ada.page().navigate(cloud.url() + "/floor");
      ada.signIn("ada-camera", "floor-camera");
      ada.sees("Go to bin B-7.");
      ada.page().locator("#camera").click();
      ada.isSaid("right", "You are at bin B-7.").sees("Take 1 of");
      assertThat(ada.page().locator("#view")).isHidden();
      assertThat(ada.window.faultsNow("floor-camera")).isEmpty();
    }
  }

  @Test
  void whoWorksAtAnotherLocationIsRefused() throws Exception {
    Building building = Building.of("floor-other");
    try (Person ada = Person.signedIn("ada-other", "floor-other floor-elsewhere", "en-US")) {
      ada.sees("Where do you work?").scan("floor-other").sees("Nothing is to be picked just now.");
      assertThat(operator.get("/work/next?location_id=" + building.id).expect(200).json().path("state").asText())
          .isEqualTo("idle");
      ada.page().evaluate(
          "fetch('/work/next?location_id=floor-third', {headers: {Authorization: 'Bearer ' + JSON.parse(sessionStorage.getItem('waybill.token'))}}).then(it => window.third = it.status)");
      ada.page().waitForFunction("window.third === 403");
    }
  }

  /** The scans of the work that a person's phone shows, as the API answered them, the oldest first. */
  private static List<Answered> scans(Person person) {
    String work = (String) person.page().evaluate("JSON.parse(localStorage.getItem('waybill.work')).work.id");
    return ANSWERED.stream().filter(it -> it.path().equals("/work/" + work + "/scans")).toList();
  }

  private static List<String> codes(Person person) {
    return scans(person).stream()
        .map(it -> Json.readObject(new String(it.request(), StandardCharsets.UTF_8)).get("code"))
        .map(String::valueOf).toList();
  }

  private static List<String> keys(Person person) {
    return scans(person).stream().map(it -> it.requestHeaders().get("idempotency-key")).toList();
  }
}
