package waybill.local.providers;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import javax.imageio.ImageIO;

/** The files of labels, each made of its number. They can be told from each other, and are no more than that. */
public final class LabelFile {
  private LabelFile() {}

  public static byte[] zpl(String number) {
    return "^XA^FO50,50^BY3^BCN,200,Y,N,N^FD%s^FS^XZ".formatted(number).getBytes(StandardCharsets.US_ASCII);
  }

  /** A column a bit of the number's characters. */
  public static byte[] png(String number) {
    var picture = new BufferedImage(8 * number.length(), 16, BufferedImage.TYPE_BYTE_BINARY);
    for (int x = 0; x < picture.getWidth(); x++) {
      for (int y = 0; y < picture.getHeight(); y++) {
        picture.setRGB(x, y, (number.charAt(x / 8) >> x % 8 & 1) == 0 ? 0xffffff : 0);
      }
    }
    var bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(picture, "png", bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  public static byte[] pdf(String number) {
    String content = "BT /F 18 Tf 20 200 Td (%s) Tj ET".formatted(number);
    return """
        %%PDF-1.4
        1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj
        2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj
        3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 288 432]/Contents 4 0 R/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>> endobj
        4 0 obj <</Length %d>> stream
        %s
        endstream endobj
        trailer <</Root 1 0 R>>
        %%%%EOF
        """
        .formatted(content.length(), content).getBytes(StandardCharsets.US_ASCII);
  }
}
