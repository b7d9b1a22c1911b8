package dev.hookswitch.benchmarks.load;

import dev.hookswitch.common.signing.Secret;
import dev.hookswitch.common.signing.SignatureScheme;
import dev.hookswitch.common.signing.Signer;
import dev.hookswitch.dispatcher.http.HttpPost;
import java.util.ArrayList;
import java.util.List;

/** The headers that the dispatcher sends under the profile {@code standard}, made in the same way. For one thread. */
final class SignedHeaders {
    /** The profile of every endpoint here. */
    static final String PROFILE = "standard";

    private static final String USER_AGENT = "Hookswitch/bench";

    private final Signer signer = new Signer();
    private final List<Secret> secrets;

    SignedHeaders(Secret secret) {
        this.secrets = List.of(secret);
    }

    List<HttpPost.Field> of(String deliveryId, byte[] body) {
        long unixSeconds = System.currentTimeMillis() / 1000;
        SignatureScheme standard = SignatureScheme.STANDARD_WEBHOOKS;
        List<HttpPost.Field> headers = new ArrayList<>(5);
        headers.add(new HttpPost.Field("Content-Type", "application/json"));
        headers.add(new HttpPost.Field("User-Agent", USER_AGENT));
        headers.add(new HttpPost.Field("webhook-id", deliveryId));
        headers.add(new HttpPost.Field("webhook-timestamp", Long.toString(unixSeconds)));
        headers.add(
                new HttpPost.Field(standard.header(), signer.header(standard, secrets, deliveryId, unixSeconds, body)));
        return headers;
    }
}
