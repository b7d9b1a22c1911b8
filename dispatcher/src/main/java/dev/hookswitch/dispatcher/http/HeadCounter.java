package dev.hookswitch.dispatcher.http;

import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.http.ProtocolVersion;

/**
 * Counts the heads of messages. The client notes the version of each here; it tells the exchange of no 100 (Continue), of
 * which there may be any number.
 */
final class HeadCounter extends HttpClientContext {
    private static final int MAX_INFORMATIONAL = 8;
    /** The client notes the version of a final response twice. */
    private static final int MAX_HEADS = MAX_INFORMATIONAL + 2;

    private final Exchange exchange;
    private int heads;

    HeadCounter(Exchange exchange) {
        this.exchange = exchange;
    }

    @Override
    public void setProtocolVersion(ProtocolVersion version) {
        super.setProtocolVersion(version);
        if (getRequest() != null && ++heads > MAX_HEADS) {
            exchange.failed(new ProtocolException("too many informational responses"));
        }
    }
}
