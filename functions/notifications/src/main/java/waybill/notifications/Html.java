package waybill.notifications;

import gg.jte.Content;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.util.Map;
import waybill.catalog.Color;

/** A letter as HTML: a template for the whole, and one for each kind of block. */
public final class Html {
  private static final Color CARD = Color.WHITE;
  private static final Color DARK_CARD = Color.of("#22262a");
  /** Compiled with the code: nothing is looked up or parsed when a mail is written. */
  private static final TemplateEngine TEMPLATES = TemplateEngine.createPrecompiled(null, ContentType.Html,
      Html.class.getClassLoader(), Html.class.getPackageName() + ".html");

  private Html() {}

  static String of(Letter letter) {
    var html = new StringOutput();
    Shades shades = shades(letter);
    TEMPLATES.render("letter.jte",
        Map.of("letter", letter, "shades", shades, "content", (Content) output -> letter.blocks()
            .forEach(it -> TEMPLATES.render(template(it), Map.of("block", it, "shades", shades), output))),
        html);
    return html.toString();
  }

  private static String template(Block block) {
    return switch (block) {
      case Block.Paragraph _ -> "block/paragraph.jte";
      case Block.Facts _ -> "block/facts.jte";
      case Block.Button _ -> "block/button.jte";
      case Block.Contents _ -> "block/contents.jte";
      case Block.Bill _ -> "block/bill.jte";
      case Block.Destination _ -> "block/destination.jte";
    };
  }

  private static Shades shades(Letter letter) {
    Color brand = Color.of(letter.brand().color());
    return new Shades(brand.toString(), brand.ink().toString(), brand.readableOn(CARD).toString(),
        brand.readableOn(DARK_CARD).toString());
  }

  /**
   * The brand's color and those that follow from it, readable by day and by night.
   *
   * @param ink of a text on the brand's color
   * @param day of a text on a light ground
   * @param night of a text on a dark ground
   */
  public record Shades(String brand, String ink, String day, String night) {}
}
