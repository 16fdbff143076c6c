package waybill.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.inventory.Depot.*;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import waybill.platform.Json;

class ExportStockTest {
  private static final String COLUMNS = "sku,name,location_id,on_hand,allocated,available,damaged,quarantined,in_transit,shortfall,lot,expires_on\r\n";

  private Depot depot;

  @BeforeEach
  void open() {
    depot = new Depot();
  }

  @AfterEach
  void close() {
    depot.close();
  }

  private String file(Map<String, String> query) {
    Map<String, Object> response = depot.exports(query);
    assertThat(response).containsEntry("statusCode", 200L);
    assertThat(Json.object(response.get("headers"))).containsEntry("content-type", "text/csv; charset=utf-8");
    return (String) response.get("body");
  }

  @Test
  void eachProductHasALineForEachLocationThatEverHadAny() {
    depot.holds(TEA, BERLIN, 5).holds(TEA, LEIPZIG, 1).holds(MUG, BERLIN, 2);
    depot.adjust(TEA, "dented", "{\"location_id\":\"berlin\",\"quantity\":-2,\"reason\":\"damaged\"}");
    depot.put("TEA-SET", "{\"name\":\"A kit\",\"components\":[{\"sku\":\"TEA-200\",\"quantity\":2}]}");

    assertThat(file(Map.of())).isEqualTo(COLUMNS + """
        MUG-BLUE,A product,berlin,2,0,2,0,0,0,0,,
        TEA-200,A product,berlin,3,0,3,2,0,0,0,,
        TEA-200,A product,leipzig,1,0,1,0,0,0,0,,
        """.replace("\n", "\r\n"));
    assertThat(file(Map.of("location_id", "leipzig")))
        .isEqualTo(COLUMNS + "TEA-200,A product,leipzig,1,0,1,0,0,0,0,,\r\n");
    assertThat(file(Map.of("location_id", "vienna"))).isEqualTo(COLUMNS);
  }

  @Test
  void aNameThatASpreadsheetWouldRunIsText() {
    for (String name : List.of("=cmd|' /C calc'!A0", "+1", "-1", "@SUM(1)", "A \\\"fine\\\" tea, 200 g",
        "Tee; gr\u00fcn")) {
      depot.put("TEA-200", "{\"name\":\"%s\"}".formatted(name));
      depot.holds(TEA, BERLIN, 1);
      List<String> cells = cells(file(Map.of()));
      String written = cells.get(1);
      assertThat(written).isEqualTo(("=+-@".indexOf(name.charAt(0)) >= 0 ? "'" : "") + name.replace("\\\"", "\""));
    }
    assertThat(ExportStockHandler.text("\tx")).isEqualTo("'\tx");
    assertThat(ExportStockHandler.text("\rx")).isEqualTo("'\rx");
    assertThat(ExportStockHandler.text("")).isEmpty();
  }

  private static List<String> cells(String file) {
    var cells = new ArrayList<String>();
    de.siegmar.fastcsv.reader.CsvReader.builder().ofCsvRecord(file).stream().skip(1)
        .forEach(it -> cells.addAll(it.getFields()));
    return cells;
  }

  @Test
  void aLargeCatalogIsSeveralFilesAndEachLinksToTheNext() {
    for (int i = 0; i < 5; i++) {
      var sku = new waybill.messages.Sku("SKU-" + i);
      depot.product(sku);
      depot.holds(sku, BERLIN, i + 1);
    }
    var seen = new ArrayList<String>();
    Map<String, String> query = new HashMap<>(Map.of("limit", "2", "location_id", "berlin"));
    for (int page = 0; page < 9 && !query.isEmpty(); page++) {
      Map<String, Object> response = depot.exports(query);
      ((String) response.get("body")).lines().skip(1).map(it -> it.split(",")[0]).forEach(seen::add);
      query = next((String) Json.object(response.get("headers")).get("link"));
    }
    assertThat(seen).containsExactly("SKU-0", "SKU-1", "SKU-2", "SKU-3", "SKU-4");
  }

  private static Map<String, String> next(String link) {
    var query = new HashMap<String, String>();
    if (link != null) {
      assertThat(link).startsWith("</stock/exports?").endsWith(">; rel=\"next\"");
      for (String pair : link.substring(link.indexOf('?') + 1, link.indexOf('>')).split("&")) {
        query.put(pair.split("=")[0], URLDecoder.decode(pair.split("=")[1], StandardCharsets.UTF_8));
      }
    }
    return query;
  }

  @Test
  void whatCannotBeAskedForIsRefused() {
    for (Map<String, String> query : List.of(Map.of("limit", "0"), Map.of("limit", "501"), Map.of("cursor", "x"),
        Map.of("location_id", "paris"), Map.of("sku", "TEA-200"))) {
      assertThat(depot.exports(query)).as(query.toString()).containsEntry("statusCode", 422L);
    }
  }

  @Test
  void whatWasExportedIsImportedAgainOnceItsColumnsSayWhatTheyMean() {
    depot.holds(TEA, BERLIN, 5).holds(MUG, BERLIN, 2);
    var file = new StringBuilder("sku,location_id,counted\n");
    file(Map.of()).lines().skip(1).map(it -> it.split(","))
        .forEach(it -> file.append("%s,%s,%s\n".formatted(it[0], it[2], it[3])));
    Answer answer = depot.imports("same", Map.of("dry_run", "true"), file.toString());
    assertThat(answer.body()).containsEntry("lines", 2L).containsEntry("units_added", 0L).containsEntry("units_removed",
        0L);
  }
}
