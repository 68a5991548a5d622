package example.larkfield.ledger;

import org.springframework.boot.context.properties.ConfigurationProperties;

@ConfigurationProperties("workiva")
public record WorkivaProperties(String baseUrl, String version, String token) {
}
