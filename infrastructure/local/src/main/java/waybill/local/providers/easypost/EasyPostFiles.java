package waybill.local.providers.easypost;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import waybill.local.machine.Http;
import waybill.local.providers.LabelFile;

/** Where the files of labels are, each made of the number in its name when it is asked for. */
final class EasyPostFiles {
  static final String FOLDER = "/files/";

  private EasyPostFiles() {}

  static void answer(HttpExchange exchange, String name) throws IOException {
    String number = name.replaceFirst("\\..*", "");
    switch (name.substring(number.length())) {
      case ".png" -> Http.send(exchange, 200, "image/png", LabelFile.png(number));
      case ".pdf" -> Http.send(exchange, 200, "application/pdf", LabelFile.pdf(number));
      case ".zpl" -> Http.send(exchange, 200, "application/zpl", LabelFile.zpl(number));
      default -> Http.send(exchange, 404, "text/plain", new byte[0]);
    }
  }
}
