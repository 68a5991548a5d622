package example.larkfield.ledger;

import java.util.Map;

import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestTemplate;

/** Reads how far an upload of ledger values has come. The version was raised in spring, the path was not. */
@Component
public class OperationReader {
    private final RestTemplate rest;
    private final WorkivaProperties workiva;

    public OperationReader(RestTemplate rest, WorkivaProperties workiva) {
        this.rest = rest;
        this.workiva = workiva;
    }

    public Map<?, ?> read(String operationId) {
        HttpHeaders headers = new HttpHeaders();
        headers.setBearerAuth(workiva.token());
        headers.set("X-Version", workiva.version());
        return rest.exchange(
            workiva.baseUrl() + "/operations/{operationId}",
            HttpMethod.GET, new HttpEntity<>(headers), Map.class, operationId).getBody();
    }
}
