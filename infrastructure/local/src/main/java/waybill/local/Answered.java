package waybill.local;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request to the HTTP API and its answer, as they were on the wire.
 *
 * @param route     its key, for example {@code GET /orders/{id}}; empty where there is none
 * @param ofGateway whether the gateway answered by itself and no function
 * @param headers   those of the answer, each name with a capital
 */
public record Answered(String method, String path, Optional<String> route, byte[] request, boolean ofGateway,
    int status,
    Map<String, List<String>> headers, byte[] body) {}
