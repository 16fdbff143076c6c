package waybill.returns;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import waybill.messages.LineId;
import waybill.messages.OrderId;
import waybill.messages.ParcelId;
import waybill.messages.PhotoId;
import waybill.messages.Sku;
import waybill.platform.Fields;
import waybill.platform.FormData;
import waybill.platform.FormData.Part;
import waybill.platform.Unusable;
import waybill.platform.Violation;

/**
 * The lines of a request about what a customer has: as the API takes them, or as the customer's page sends them, a field each
 * {@code quantity.line_1}, {@code reason.line_1}, {@code note.line_1}, {@code instead.line_1} and {@code photos.line_1}.
 *
 * @param form which form it is: the same one again is the same request
 * @param parcel which one never came; null if it is not about that
 * @param wish what a customer who claims would like; null if they leave it to the shop
 * @param refundTo where the money of a return is to go; null for where the policy says
 * @param lines those of which units are named
 * @param photos that the lines show
 * @param errors what is wrong with it, by the place of a line among the lines
 * @param given what was sent of each field, to be shown again
 */
record AskedLines<R extends Enum<R>>(String form, ParcelId parcel, Remedy wish, RefundTo refundTo,
    List<Line<R>> lines, List<Photo> photos, List<Violation> errors,
    Map<String, String> given) {
  static final int MOST_LINES = 500;
  static final int MOST_UNITS = 1_000_000;
  static final int MOST_TEXT = 500;
  static final int MOST_PHOTOS = 10;
  private static final Pattern FORM = Pattern.compile("[0-9a-f-]{36}");
  private static final Pattern FIELD = Pattern.compile("(quantity|reason|note|instead|photos)\\.(\\S{1,100})");
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

  /** @param instead what is wanted instead of its units; null for their money */
  record Line<R>(LineId line, int quantity, R reason, String note, Sku instead, List<Photo> photos) {
    List<PhotoId> photoIds(OrderId order) {
      return photos.stream().map(it -> it.id(order)).toList();
    }
  }

  static List<PhotoId> photos(Fields line) {
    return line.parsedListOrEmpty("photos", MOST_PHOTOS, PhotoId::new, "is the id of a photo");
  }

  /** What the form for returns asks. */
  static AskedLines<ReturnReason> returns(FormData data) {
    return read(data, ReturnReason.UNKNOWN);
  }

  /** What the form for claims asks. */
  static AskedLines<ClaimReason> claims(FormData data) {
    return read(data, ClaimReason.DAMAGED);
  }

  /** @param reason the one of lines that name none */
  private static <R extends Enum<R>> AskedLines<R> read(FormData data, R reason) {
    var byLine = new LinkedHashMap<String, Map<String, Object>>();
    var files = new LinkedHashMap<String, List<byte[]>>();
    var given = new LinkedHashMap<String, String>();
    var tree = new LinkedHashMap<String, Object>();
    for (Part part : data.parts()) {
      Matcher field = FIELD.matcher(part.name());
      if (!field.matches()) {
        given.put(part.name(), part.text());
        tree.put(part.name(), part.text());
      } else if (!field.group(1).equals("photos")) {
        given.put(part.name(), part.text());
        byLine.computeIfAbsent(field.group(2), _ -> new LinkedHashMap<>()).put(field.group(1), text(part));
      } else if (part.bytes().length > 0) { // a browser sends an empty one if none was chosen
        byLine.computeIfAbsent(field.group(2), _ -> new LinkedHashMap<>());
        files.computeIfAbsent(field.group(2), _ -> new ArrayList<>()).add(part.bytes());
      }
    }
    List<String> named = byLine.entrySet().stream()
        .filter(it -> isNamed(it.getValue()) || files.containsKey(it.getKey())).map(Map.Entry::getKey).toList();
    tree.put("lines", named.stream().map(it -> tree(it, byLine.get(it))).toList());
    return read(Fields.of(tree), reason, named.stream().map(it -> files.getOrDefault(it, List.of())).toList(), given,
        misread(data));
  }

  /** Of a field that is sent twice nobody can say which was meant; photos alone may be several. The lines have a field each. */
  private static List<Violation> misread(FormData data) {
    var seen = new HashSet<>(Set.of("lines"));
    return data.parts().stream().map(Part::name).filter(it -> !it.startsWith("photos.") && !seen.add(it)).distinct()
        .map(it -> new Violation("/" + it, "repeated", "is sent twice, or is no field of the form")).toList();
  }

  /** A browser counts each end of a line as one character against the most of them, and sends two. */
  private static String text(Part part) {
    return part.text().replace("\r\n", "\n").strip();
  }

  /** A reason is always sent. A note, or something chosen instead, without a number is asked for the number. */
  private static boolean isNamed(Map<String, Object> line) {
    return !List.of("", "0").contains(line.getOrDefault("quantity", "")) || !"".equals(line.getOrDefault("note", ""))
        || !"".equals(line.getOrDefault("instead", ""));
  }

  private static Map<String, Object> tree(String line, Map<String, Object> fields) {
    var tree = new LinkedHashMap<String, Object>(fields);
    tree.put("line_id", line);
    tree.computeIfPresent("note", (_, it) -> "".equals(it) ? null : it);
    tree.computeIfPresent("instead", (_, it) -> "".equals(it) ? null : it);
    tree.computeIfPresent("quantity", (_, it) -> "".equals(it)
        ? null
        : NUMBER.matcher((String) it).matches()
            ? (Object) Long.valueOf((String) it)
            : it);
    return tree;
  }

  private static <R extends Enum<R>> AskedLines<R> read(Fields fields, R reason, List<List<byte[]>> files,
      Map<String, String> given, List<Violation> misread) {
    var errors = new ArrayList<>(misread);
    var photos = new ArrayList<List<Photo>>();
    for (int i = 0; i < files.size(); i++) {
      photos.add(photos(files.get(i), "/lines/" + i + "/photos", errors));
    }
    String form = fields.matching("form", FORM, "is the id of a form");
    boolean claims = reason instanceof ClaimReason;
    ParcelId parcel = claims ? fields.parsedOrNull("parcel", ParcelId::new, "is the id of a parcel") : null;
    Remedy wish = claims ? fields.choiceOr("wish", Wish.STORE_DECIDES).remedy() : null;
    RefundTo refundTo = !claims && fields.has("refund_to")
        ? fields.choiceOr("refund_to", RefundTo.ORIGINAL_PAYMENT)
        : null;
    var read = new ArrayList<Line<R>>();
    fields.list("lines", 1, MOST_LINES, it -> read.add(new Line<>(it.parsed("line_id", LineId::new,
        "is the id of a line"), it.integer("quantity", 1, MOST_UNITS), it.choiceOr("reason", reason),
        it.textOrNull("note", MOST_TEXT), claims ? null : it.parsedOrNull("instead", Sku::new, "is a SKU"),
        photos.get(read.size()))));
    errors.addAll(0, fields.broken());
    return new AskedLines<>(form, parcel, wish, refundTo, read, photos.stream().flatMap(List::stream).toList(),
        List.copyOf(errors),
        Map.copyOf(given));
  }

  List<LineId> named() {
    return lines.stream().map(Line::line).toList();
  }

  private static List<Photo> photos(List<byte[]> files, String pointer, List<Violation> errors) {
    var photos = new ArrayList<Photo>();
    if (files.size() > MOST_PHOTOS) {
      errors.add(new Violation(pointer, "wrong_count", "has at most %d photos".formatted(MOST_PHOTOS)));
      return photos;
    }
    for (int i = 0; i < files.size(); i++) {
      try {
        photos.add(Photo.read(files.get(i)));
      } catch (Unusable e) {
        errors.add(new Violation(pointer + "/" + i, e.code(), e.getMessage()));
      }
    }
    return photos;
  }
}
