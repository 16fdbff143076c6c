package waybill.local.gateway;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request to the HTTP API and its answer, as they were on the wire.
 *
 * @param route          its key, for example {@code GET /orders/{id}}; empty where there is none
 * @param requestHeaders by their names in small letters
 * @param ofGateway      whether the gateway answered by itself and no function
 * @param headers        those of the answer
 */
public record Answered(String method, String path, Optional<String> route, Map<String, String> requestHeaders,
    byte[] request, boolean ofGateway, int status, Map<String, List<String>> headers, byte[] body) {}
