package dev.hookswitch.dispatcher.http;

import dev.hookswitch.dispatcher.egress.EgressProxy;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.apache.hc.core5.net.URIAuthority;
import org.jspecify.annotations.Nullable;

/** The heads of requests (RFC 9112). Pure; the client adds Host, Content-Length and Connection. */
final class Requests {
    private static final String AUTHORIZATION = "Proxy-Authorization";

    private Requests() {}

    /**
     * The POST itself.
     *
     * @param proxy where it is sent in the clear, in absolute form; null when it goes to the endpoint or through a tunnel
     */
    static HttpRequest post(HttpPost post, @Nullable EgressProxy proxy) {
        String scheme = post.secure() ? "https" : "http";
        // Without the scheme's own port: RFC 9110, 4.2.3, and what receivers compare Host with.
        URIAuthority authority =
                new URIAuthority(post.host(), post.port() == (post.secure() ? 443 : 80) ? -1 : post.port());
        String target = proxy == null ? post.pathAndQuery() : scheme + "://" + authority + post.pathAndQuery();
        BasicHttpRequest request = new BasicHttpRequest("POST", scheme, authority, target);
        for (HttpPost.Field field : post.headers()) {
            request.addHeader(field.name(), field.value());
        }
        if (proxy != null && proxy.authorization() != null) {
            request.addHeader(AUTHORIZATION, proxy.authorization());
        }
        return request;
    }

    /** Asks the proxy for a tunnel to the endpoint (RFC 9110, 9.3.6): its port is always there. */
    static HttpRequest connect(HttpPost post, EgressProxy proxy) {
        URIAuthority authority = new URIAuthority(post.host(), post.port());
        BasicHttpRequest request = new BasicHttpRequest("CONNECT", "http", authority, authority.toString());
        for (HttpPost.Field field : post.headers()) {
            if (field.name().equalsIgnoreCase("User-Agent")) {
                request.addHeader(field.name(), field.value());
            }
        }
        if (proxy.authorization() != null) {
            request.addHeader(AUTHORIZATION, proxy.authorization());
        }
        return request;
    }
}
