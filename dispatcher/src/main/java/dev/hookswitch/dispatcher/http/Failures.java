package dev.hookswitch.dispatcher.http;

import dev.hookswitch.common.model.AttemptResult;
import java.net.BindException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import javax.net.ssl.SSLException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.MessageConstraintException;

/** What exceptions of the client mean. Pure. */
final class Failures {
    private Failures() {}

    /** No connection, or none that TLS stands on. That this machine has no more files or ports is not the endpoint's fault. */
    static AttemptResult toConnect(Exception cause) {
        for (Throwable t = cause; t != null; t = t.getCause()) {
            if (t instanceof SSLException) {
                return AttemptResult.TLS;
            }
            if (t instanceof DeniedAddressException) {
                return AttemptResult.EGRESS_DENIED;
            }
            // Of the client's own limits, which an attempt with a very long deadline may meet first.
            if (t instanceof SocketTimeoutException) {
                return AttemptResult.CONNECT_TIMEOUT;
            }
            if (t instanceof BindException || (t instanceof SocketException && isOutOfFiles(t))) {
                return AttemptResult.INTERNAL;
            }
        }
        return AttemptResult.CONNECT;
    }

    /** The JDK passes EMFILE and ENFILE on in the system's words alone. */
    private static boolean isOutOfFiles(Throwable t) {
        return String.valueOf(t.getMessage()).startsWith("Too many open files");
    }

    /** A connection that stood broke, or what came over it was not HTTP. */
    static AttemptResult ofExchange(Exception cause, boolean reused) {
        if (cause instanceof SSLException) {
            return AttemptResult.TLS;
        }
        boolean notHttp = cause instanceof HttpException || cause instanceof MessageConstraintException;
        return reused && !notHttp ? AttemptResult.TRANSPORT_REUSED : AttemptResult.TRANSPORT;
    }
}
