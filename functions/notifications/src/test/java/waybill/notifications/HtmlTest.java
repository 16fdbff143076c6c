package waybill.notifications;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import waybill.catalog.Address;
import waybill.catalog.Brand;
import waybill.catalog.Channel;
import waybill.messages.Choreography.NotifyCustomer;
import waybill.messages.OrderMessages.OrderReleased;
import waybill.orders.OrderForm;

class HtmlTest {
  private static final String HOSTILE = "<script>alert('x')</script>\"&' \uD83D\uDC69\u200D\uD83D\uDCBB שלום \r\nBcc: eve@example.com\u202E\u0000";

  @ParameterizedTest
  @MethodSource("waybill.notifications.Samples#everyNews")
  void whateverOthersWroteIsTextAndNothingElse(NotifyCustomer.Input news) {
    OrderForm form = hostile();
    for (String locale : List.of("en", "de", "fr")) {
      OrderForm localized = withCustomer(form, Samples.customer(HOSTILE, locale));
      Email mail = Samples.email(news, localized, Samples.about(news, localized), hostileChannel());
      assertThat(mail.html()).doesNotContain("<script", "</script").contains("&lt;script&gt;",
          "\uD83D\uDC69\u200D\uD83D\uDCBB", "שלום");
      assertThat(mail.html().replace("\n", "") + mail.text().replace("\n", "") + mail.subject() + mail.from())
          .doesNotContainPattern("[\\p{Cc}\\p{Zl}\\p{Zp}\\u202e]");
      assertThat(mail.subject())
          .startsWith(news instanceof OrderReleased && locale.equals("en") ? "Your order <script>" : "")
          .doesNotContain("\n", "\r");
      assertThat(mail.from()).containsOnlyOnce("@").matches("[ -~]+ <orders@teehaus.example>");
      assertThat(mail.text()).doesNotContainPattern("(?m)^Bcc:");
      assertThat(mail.html()).as("no attribute is broken out of").doesNotContainPattern("<[^<>]*alert[^<>]*>");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "de", "fr"})
  void htmlIsWellFormedForWhatMailProgramsNeed(String locale) {
    for (NotifyCustomer.Input news : Samples.everyNews()) {
      String html = Samples.email(news, locale).html();
      assertThat(html).startsWith("<!doctype html>").contains("color-scheme", "role=\"presentation\"", "<!--[if mso]>")
          .doesNotContain("<img", "<link", "javascript:");
      assertThat(openTags(html)).isEmpty();
    }
  }

  @Test
  void aButtonHasTheBrandsColorAndATextThatIsReadOnIt() {
    assertThat(html("#ffee00", null)).contains("background:#ffee00", "color:#000000", "bgcolor=\"#ffee00\"");
    assertThat(html("#101080", null)).contains("background:#101080", "color:#ffffff");
  }

  @Test
  void aLogoStandsInThePlaceOfTheNameWhichItIsCalledWhereImagesAreOff() {
    String html = html("#123456", "https://cdn.example.com/logo.png?a=1&b=2");
    assertThat(html).contains("src=\"https://cdn.example.com/logo.png?a=1&amp;b=2\"", "alt=\"Teehaus\"");
    assertThat(openTags(html)).isEmpty();
  }

  private static String html(String color, String logo) {
    OrderForm form = Samples.form("en");
    return Samples.email(Samples.RELEASED, form, Samples.about(Samples.RELEASED, form),
        Samples.branded(new Brand(null, null, color, logo, null))).html();
  }

  private static List<String> openTags(String html) {
    var open = new ArrayList<String>();
    var tags = Pattern.compile("<(/?)([a-z0-9]+)[^>]*>").matcher(html.replaceAll("(?s)<!--.*?-->", ""));
    while (tags.find()) {
      if (List.of("meta", "br", "img").contains(tags.group(2))) {
        continue;
      }
      if (tags.group(1).isEmpty()) {
        open.add(tags.group(2));
      } else {
        assertThat(open.removeLast()).isEqualTo(tags.group(2));
      }
    }
    return open;
  }

  private static Channel hostileChannel() {
    return new Channel(Samples.CHANNEL, HOSTILE, List.of("EUR"), "en", "UTC", "orders@teehaus.example", true,
        List.of(), List.of(), Samples.POOL, 60, null, 0, Channel.Capture.MANUAL, List.of(),
        new Brand(HOSTILE, null, "#123456", null, HOSTILE.replace("\r\n", " ")));
  }

  private static OrderForm hostile() {
    OrderForm form = Samples.form("en");
    List<OrderForm.Line> lines = form.lines().stream()
        .map(it -> new OrderForm.Line(it.reference(), it.sku(), HOSTILE, it.quantity(), it.unitPrice(),
            List.of(new OrderForm.Discount(HOSTILE, 1)), List.of(new OrderForm.Tax(HOSTILE, "0.19", 1)), it.total(),
            Map.of()))
        .toList();
    var shipping = new OrderForm.Shipping(HOSTILE, HOSTILE, 990, List.of(), List.of(), 990);
    var address = new Address(HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE, "DE", HOSTILE);
    return new OrderForm(form.reference(), HOSTILE, form.channel(), form.placedAt(), "EUR", true, form.customer(),
        address, null, lines, shipping, null, 6072, form.payments(), null, form.gift(), null, List.of(), null, null,
        null, null, Map.of());
  }

  private static OrderForm withCustomer(OrderForm form, OrderForm.Customer customer) {
    return new OrderForm(form.reference(), form.number(), form.channel(), form.placedAt(), form.currency(),
        form.taxesIncluded(), customer, form.shippingAddress(), null, form.lines(), form.shipping(), null, form.total(),
        form.payments(), null, form.gift(), null, List.of(), null, null, null, null, Map.of());
  }
}
