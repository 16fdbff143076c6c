package waybill.journeys.returns;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import waybill.journeys.RunningCloud;
import waybill.journeys.Shop;
import waybill.journeys.World;

/** What the forms of the customers' page do not take: each is said by line and rule, keeps no photo, and changes nothing. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadFormsTest {
  @RegisterExtension
  static final RunningCloud CLOUD = new RunningCloud();
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  /** In every hostile text: as markup, so that it is found where it is not escaped. */
  private static final String MARK = "<b>HOSTILE-7f3";
  private static final String TYPE = "multipart/form-data; boundary=sheet";
  private static final byte[] PHOTO = "RIFF0000WEBPVP8 ".getBytes(StandardCharsets.ISO_8859_1);
  private static final List<String> PAGES = List.of("returns", "claims");

  private final ConcurrentLinkedQueue<Map<String, Object>> logged = new ConcurrentLinkedQueue<>();
  private World world;
  private World.Look before;
  private String tracking;
  private String form;
  private long kept;

  private record Field(String name, byte[] bytes, boolean file) {}

  @BeforeAll
  void anOrderThatWasDelivered() {
    world = new World(CLOUD.get());
    var shop = new Shop(CLOUD.get(), "forms");
    String location = shop.location("leipzig");
    String order = shop.paidOrder("1", shop.product("tea", location, 2), 1);
    shop.pack(shop.work(location).getFirst()).expect(200);
    shop.rest();
    shop.scan("delivered", shop.parcels(order).getFirst());
    Matcher link = Pattern.compile("/tracking/[A-Za-z0-9._~-]+").matcher(shop.mails("1").getFirst().text());
    assertThat(link.find()).isTrue();
    tracking = link.group();
    Matcher id = Pattern.compile("name=\"form\" value=\"([^\"]+)\"")
        .matcher(send("GET", "returns", "", new byte[0]).body());
    assertThat(id.find()).isTrue();
    form = id.group(1);
    CLOUD.get().onLog(logged::add);
  }

  @BeforeEach
  void nothingIsLoggedYet() {
    before = world.look();
    kept = photosKept();
    logged.clear();
  }

  @AfterEach
  void nothingHasChangedAndNothingHasFailed() {
    assertThat(world.look()).isEqualTo(before);
    assertThat(logged).noneMatch(it -> it.toString().contains("HOSTILE-7f3") || it.get("level").equals("ERROR"));
    assertThat(photosKept()).as("no photo is kept").isEqualTo(kept);
  }

  private static long photosKept() {
    return Stream.of("SubmitReturn", "SubmitClaim").flatMap(it -> CLOUD.get().calls(it).stream())
        .filter(it -> it.contains("PutObject")).count();
  }

  private HttpResponse<String> send(String method, String page, String type, byte[] body) {
    var request = HttpRequest.newBuilder(CLOUD.get().url().resolve(tracking + "/" + page))
        .method(method, BodyPublishers.ofByteArray(body)).header("Accept-Language", "en");
    if (!type.isEmpty()) {
      request.header("Content-Type", type);
    }
    try {
      return HTTP.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped while waiting for an answer", e);
    }
  }

  private static byte[] body(List<Field> fields) {
    var body = new ByteArrayOutputStream();
    fields.forEach(it -> {
      body.writeBytes(("--sheet\r\nContent-Disposition: form-data; name=\"" + it.name + "\""
          + (it.file ? "; filename=\"photo.jpg\"\r\nContent-Type: image/jpeg" : "") + "\r\n\r\n")
          .getBytes(StandardCharsets.UTF_8));
      body.writeBytes(it.bytes);
      body.writeBytes(new byte[]{'\r', '\n'});
    });
    body.writeBytes("--sheet--\r\n".getBytes(StandardCharsets.UTF_8));
    return body.toByteArray();
  }

  private static Field field(String name, String value) {
    return new Field(name, value.getBytes(StandardCharsets.UTF_8), false);
  }

  private static Field photo(byte[] bytes) {
    return new Field("photos.line_1", bytes, true);
  }

  /** Of each name the last one that is given, and every photo, so that an attack is a good form with one thing wrong. */
  private byte[] with(Field... others) {
    var fields = new ArrayList<>(List.of(field("form", form), field("quantity.line_1", "1")));
    for (Field it : others) {
      fields.removeIf(one -> !it.file && one.name.equals(it.name));
      fields.add(it);
    }
    return body(fields);
  }

  @TestFactory
  Stream<DynamicTest> whatIsNoFormIsAProblem() {
    byte[] good = with(photo(PHOTO));
    var crowd = new ArrayList<>(List.of(field("form", form)));
    for (int i = 0; i < 10_001; i++) {
      crowd.add(field("quantity.line_" + i, "0"));
    }
    byte[] cut = java.util.Arrays.copyOf(good, good.length - 12);
    byte[] nameless = "--sheet\r\nContent-Disposition: form-data\r\n\r\n1\r\n--sheet--\r\n"
        .getBytes(StandardCharsets.UTF_8);
    var latin = new Field("note.line_1", "f\u00fcr".getBytes(StandardCharsets.ISO_8859_1), false);
    return PAGES.stream().flatMap(page -> Stream.of(
        refusedAsNone(page, "JSON", "application/json", "{}".getBytes(StandardCharsets.UTF_8)),
        refusedAsNone(page, "no boundary", "multipart/form-data", good),
        refusedAsNone(page, "another boundary", "multipart/form-data; boundary=other", good),
        refusedAsNone(page, "fields of an address", "application/x-www-form-urlencoded",
            ("form=" + form + "&quantity.line_1=1").getBytes(StandardCharsets.UTF_8)),
        refusedAsNone(page, "nothing", TYPE, new byte[0]), refusedAsNone(page, "half a form", TYPE, cut),
        refusedAsNone(page, "a part without a name", TYPE, nameless),
        refusedAsNone(page, "more parts than any order has", TYPE, body(crowd)),
        refusedAsNone(page, "a text that is no UTF-8", TYPE, with(latin))));
  }

  private DynamicTest refusedAsNone(String page, String name, String type, byte[] body) {
    return DynamicTest.dynamicTest(page + ": " + name, () -> {
      HttpResponse<String> answer = send("POST", page, type, body);
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
      assertThat(answer.headers().firstValue("content-type")).hasValue("application/problem+json");
      assertThat(answer.body()).contains("\"malformed_form\"");
    });
  }

  @TestFactory
  Stream<DynamicTest> photosThatAreNoneTooLargeOrTooManyAreSaidByLineAndRule() {
    var large = new byte[4_000_001];
    System.arraycopy(PHOTO, 0, large, 0, PHOTO.length);
    Field[] many = Stream.generate(() -> photo(PHOTO)).limit(11).toArray(Field[]::new);
    Stream<byte[]> none = Stream.of("<svg onload=alert(1)>" + MARK, "GIF89a" + MARK, "%PDF-1.7", "\u00ff\u00d8", "BM",
        "RIFF0000WAVE", "0000ftypisom", "<!doctype html>", "#!/bin/sh")
        .map(it -> it.getBytes(StandardCharsets.ISO_8859_1));
    return Stream.concat(none.flatMap(bytes -> PAGES.stream().map(page -> said(page,
        new String(bytes, StandardCharsets.ISO_8859_1), with(photo(bytes)), "a file is no photo"))),
        PAGES.stream().flatMap(page -> Stream.of(
            said(page, "too large", with(photo(large)), "a photo has more than 4 MB"),
            said(page, "eleven", with(many), "at most 10 photos"),
            said(page, "one that is none beside one that is", with(photo(PHOTO), photo(new byte[]{1})),
                "a file is no photo"),
            said(page, "a photo of no unit", with(field("quantity.line_1", "0"), photo(PHOTO)),
                "please say how many"))));
  }

  @TestFactory
  Stream<DynamicTest> fieldsThatAreNoneAreSaidByLineAndRule() {
    String ofName = "Please open this page again.";
    return PAGES.stream().flatMap(page -> Stream.of(
        Stream.of("-1", "1.5", "1e2", "0x1", "\u0661", "99999999999", MARK, "2147483648").map(
            it -> said(page, "quantity " + it, with(field("quantity.line_1", it)), "please say how many")),
        Stream.of("2", "999999").map(
            it -> said(page, "quantity " + it, with(field("quantity.line_1", it)), "so many are not there any more")),
        Stream.of("x".repeat(501), MARK + "x".repeat(500)).map(
            it -> said(page, "a note of 501", with(field("note.line_1", it)),
                "the text may have at most 500 characters")),
        Stream.of("a\u0000b", "a\u0085b").map(
            it -> said(page, "a note with control characters", with(field("note.line_1", it)), "could not be read")),
        Stream.of("godot", "UNWANTED", "null", MARK).map(
            it -> said(page, "reason " + it, with(field("reason.line_1", it)), "could not be read")),
        Stream.of("", "x", form + "0", form.toUpperCase(java.util.Locale.ROOT), MARK).filter(it -> !it.equals(form))
            .map(
                it -> said(page, "form " + it, with(field("form", it)), ofName)),
        Stream.of("override_reason", "in_advance", "lines", "quantity", "quantity.", "price.line_1", MARK).map(
            it -> said(page, "field " + it, with(field(it, "1")), ofName)),
        Stream.of("line_9", "line_1_1", "x", "line_1/..", "LINE_1").map(
            it -> said(page, "line " + it, with(field("quantity.line_1", "0"), field("quantity." + it, "1")),
                "role=\"alert\"")),
        Stream.of(said(page, "a field twice", body(List.of(field("form", form), field("quantity.line_1", "1"),
            field("quantity.line_1", "2"))), ofName),
            said(page, "nothing", with(field("quantity.line_1", "0")), "Please say of at least one thing")))
        .flatMap(it -> it));
  }

  @TestFactory
  Stream<DynamicTest> whatOneFormAloneTakesTheOtherDoesNot() {
    return Stream.of(
        Stream.of("OOLONG", MARK, "a/b").map(it -> said("returns", "instead " + it, with(field("instead.line_1", it)),
            "what you chose cannot be sent instead")),
        Stream.of("cash", "", MARK).filter(it -> !it.isEmpty()).map(it -> said("returns", "refund_to " + it,
            with(field("refund_to", it)), "The money cannot go where you chose")),
        Stream.of(
            said("returns", "a reason of claims", with(field("reason.line_1", "never_arrived")), "could not be read"),
            said("returns", "a wish", with(field("wish", "refund")), "Please open this page again."),
            said("claims", "a reason of returns", with(field("reason.line_1", "unwanted")), "could not be read"),
            said("claims", "where the money goes", with(field("refund_to", "store_credit")), "role=\"alert\""),
            said("claims", "something instead", with(field("instead.line_1", "OOLONG")), "role=\"alert\""),
            said("claims", "a wish that is none", with(field("wish", "money")), "Please open this page again."),
            said("claims", "a parcel that is none", with(field("parcel", MARK)), "Please open this page again."),
            said("claims", "a parcel of another order", with(field("parcel", "par_8wbx56kav7d3kerhkfart51jp5_1_1"),
                field("reason.line_1", "never_arrived")), "role=\"alert\"")))
        .flatMap(it -> it);
  }

  private DynamicTest said(String page, String name, byte[] body, String words) {
    return DynamicTest.dynamicTest(page + ": " + (name.length() > 60 ? name.substring(0, 60) : name), () -> {
      HttpResponse<String> answer = send("POST", page, TYPE, body);
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
      assertThat(answer.headers().firstValue("content-type").orElseThrow()).startsWith("text/html");
      assertThat(answer.body()).contains("role=\"alert\"", words).doesNotContain(MARK);
    });
  }

  @TestFactory
  Stream<DynamicTest> formsOverTheLimitAreRefused() {
    return PAGES.stream().map(page -> DynamicTest.dynamicTest(page, () -> assertThat(
        send("POST", page, TYPE, with(photo(new byte[11 << 20]))).statusCode()).isEqualTo(413)));
  }
}
