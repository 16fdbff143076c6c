package waybill.notifications;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A letter as plain text that mail programs show well: lines of at most 72 characters, an empty line between paragraphs. */
final class PlainText {
  static final int LINE_CHARACTERS = 72;
  private static final String INDENT = "  ";

  private PlainText() {}

  static String of(Letter letter) {
    Stream<String> head = Stream.of(letter.channel() + "\n" + letter.order().text(), letter.greeting().text());
    Stream<String> blocks = letter.blocks().stream().map(it -> text(it, letter.words()));
    Stream<String> foot = Stream.of("--\n" + letter.why().text(), String.join("\n", letter.imprint()));
    return wrap(Stream.of(head, blocks, foot).flatMap(it -> it).collect(Collectors.joining("\n\n")));
  }

  private static String text(Block block, Words words) {
    return switch (block) {
      case Block.Paragraph it -> it.phrase().text();
      case Block.Facts it -> it.facts().stream().map(fact -> fact.label() + " " + fact.value())
          .collect(Collectors.joining("\n"));
      case Block.Button it -> it.label() + "\n" + it.url();
      case Block.Contents it -> it.heading() + "\n\n"
          + indented(it.lines().stream().map(line -> line.quantity() + " × " + line.name()));
      case Block.Destination it -> it.heading() + "\n\n" + indented(it.lines().stream());
      case Block.Bill it -> bill(it, words);
    };
  }

  private static String bill(Block.Bill bill, Words words) {
    String lines = bill.lines().stream().map(it -> line(it, bill.column(), words)).collect(Collectors.joining("\n\n"));
    Stream<Block.Amount> sums = Stream.of(bill.sums(), List.of(bill.total()), bill.included()).flatMap(List::stream);
    return bill.heading() + "\n\n" + lines + "\n\n" + indented(sums.map(it -> amount(it, words)));
  }

  private static String line(Block.Priced line, String column, Words words) {
    Stream<String> amounts = Stream
        .concat(line.discounts().stream(), Stream.of(new Block.Amount(column, line.amount())))
        .map(it -> INDENT + amount(it, words));
    return indented(Stream.concat(Stream.of(line.name(), INDENT + line.price()), amounts));
  }

  private static String amount(Block.Amount amount, Words words) {
    return words.say("labelled", Map.of("label", amount.label(), "value", amount.value()));
  }

  private static String indented(Stream<String> lines) {
    return lines.map(it -> INDENT + it).collect(Collectors.joining("\n"));
  }

  /** Breaks long lines at spaces and keeps their indent; what has no space, as an address of the web, stays whole. */
  static String wrap(String text) {
    var wrapped = new StringBuilder();
    for (String line : text.strip().replaceAll("[ \\t]+\\n", "\n").replaceAll("\\n{3,}", "\n\n").split("\n", -1)) {
      wrapLine(line, wrapped);
    }
    return wrapped.toString();
  }

  private static void wrapLine(String line, StringBuilder wrapped) {
    String indent = line.substring(0, line.length() - line.stripLeading().length());
    int length = 0;
    for (String word : line.strip().split(" +")) {
      if (length == 0) {
        wrapped.append(indent);
        length = indent.length();
      } else if (length + 1 + word.length() > LINE_CHARACTERS) {
        wrapped.append('\n').append(indent);
        length = indent.length();
      } else {
        wrapped.append(' ');
        length++;
      }
      wrapped.append(word);
      length += word.length();
    }
    wrapped.append('\n');
  }
}
